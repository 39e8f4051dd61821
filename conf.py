"""What this site is."""

import os

project = "INCOMING TRANSMISSION"
author = "Formulary"
copyright = "2026, Formulary"
language = "zh_CN"

extensions = ["myst_parser", "sphinxcontrib.bibtex", "sphinx_formulary"]
exclude_patterns = [
    ".*", "_build", "node_modules", "src", "tests", "benchmarks", "docs-dev",
    "README.md", "CHANGELOG.md", "LICENSE-articles.md",
]  # fmt: skip
templates_path = ["_templates"]
nitpicky = True

# Markdown
myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 4
myst_footnote_sort = False  # works stay under their heading

# The blog
blog_title = project
blog_baseurl = os.environ.get("READTHEDOCS_CANONICAL_URL", "")
blog_post_pattern = ["posts/*.md"]
blog_authors = {"Formulary": ("Formulary", None)}
blog_default_author = ["Formulary"]
post_date_format = "%Y-%m-%d"
post_date_format_short = "%m-%d"

# The engine
formulary_timezone = "Asia/Shanghai"
formulary_required = ["title", "date", "category", "tags", "description"]
formulary_preview = os.environ.get("READTHEDOCS_VERSION_TYPE") == "external"
formulary_labels = "labels.txt"
repository = os.environ.get("READTHEDOCS_GIT_CLONE_URL", "").removesuffix(".git")
if repository.startswith("https://"):
    branch = os.environ.get("READTHEDOCS_GIT_IDENTIFIER", "main")
    formulary_edit_url = f"{repository}/edit/{branch}/{{path}}"
formulary_macros = {
    r"\R": r"\mathbb{R}",
    r"\E": r"\mathbb{E}",
    r"\KL": r"\operatorname{KL}",
    r"\T": r"\top",
    r"\softmax": r"\operatorname{softmax}",
    r"\diag": r"\operatorname{diag}",
    r"\tr": r"\operatorname{tr}",
    r"\rank": r"\operatorname{rank}",
    r"\argmin": r"\operatorname*{arg\,min}",
    r"\argmax": r"\operatorname*{arg\,max}",
    r"\norm": r"\left\lVert #1\right\rVert",
    r"\abs": r"\left\lvert #1\right\rvert",
    r"\bigO": r"\mathcal{O}",
}

# Works
bibtex_bibfiles = ["references.bib"]
bibtex_default_style = "author_year"

# The theme
html_theme = "sphinx_book_theme"
html_title = project
html_favicon = "_static/favicon.svg"
html_baseurl = blog_baseurl
html_static_path = ["_static"]
html_css_files = ["tokens.css", "site.css"]
html_use_index = False
html_domain_indices = False
html_context = {"default_mode": "auto"}
html_sidebars = {
    "**": ["formulary/sidebar.html"],
}
html_theme_options = {
    # Else the theme adds a second, hidden header, and its drawers do not open.
    "navbar_persistent": [],
    "disable_search": True,
    "show_prev_next": False,
    "use_download_button": False,
    "use_fullscreen_button": False,
}
# The theme sets this while it runs; without it here, every build reads every file again.
fontawesome_included = True

# What readers call the same thing, besides the names that terms.md has
formulary_synonyms = [
    "空洞卷积 = 膨胀卷积 = 扩张卷积 = atrous convolution",
    "转置卷积 = 反卷积 = deconvolution",
    "像素重排 = 亚像素卷积 = sub-pixel convolution",
    "棋盘格 = 棋盘伪影",
    "上采样 = upsampling",
    "下采样 = 降采样 = downsampling",
    "双线性插值 = bilinear interpolation",
    "语义分割 = 图像分割 = semantic segmentation",
    "交并比 = 重叠度 = Jaccard",
    "非极大值抑制 = 非极大抑制 = 非最大抑制",
    "锚框 = 锚点框",
    "无锚框 = anchor-free = 无锚",
    "二分匹配 = 二分图匹配 = 匈牙利算法 = Hungarian algorithm",
    "目标检测 = 物体检测 = object detection",
    "小目标检测 = 小物体检测 = small object detection",
    "空间金字塔池化 = SPP = spatial pyramid pooling",
    "人脸识别 = 人脸验证 = face recognition",
    "误识率 = 误接受率 = 假接受率 = false acceptance rate = FMR",
    "活体检测 = 防伪 = face anti-spoofing",
    "大间隔 = large margin",
    "投机解码 = 推测解码 = 投机采样 = speculative sampling",
    "多 token 预测 = 多词元预测 = multi-token prediction",
    "键值缓存 = KV 缓存",
    "自注意力 = self-attention",
    "门控注意力单元 = GAU = gated attention unit",
    "前缀微调 = prefix-tuning",
    "软提示 = 提示微调 = soft prompt = prompt tuning",
    "参数高效微调 = PEFT = parameter-efficient fine-tuning",
    "低秩适配 = 低秩适应 = low-rank adaptation",
    "归一化流 = 标准化流 = 流模型",
    "整流流 = 校正流 = 矫正流 = rectified flow",
    "重参数 = 重参数化 = 再参数化 = reparametrization",
    "证据下界 = 变分下界 = ELBO",
    "雅可比矩阵 = 雅克比矩阵",
    "数据并行 = 分布式训练 = DDP",
    "AllReduce = 全归约 = 全规约",
    "梯度累积 = 梯度累加 = gradient accumulation",
    "半精度 = FP16 = float16 = 16 位浮点",
    "损失缩放 = 损失放大 = loss scale",
    "激活函数 = 激励函数",
    "修正线性单元 = ReLU = rectified linear unit",
    "偏置 = 偏差项 = bias",
    "Dice = 戴斯系数 = Sørensen",
    "超参数 = hyperparameter",
    "单调队列 = 单调栈 = monotonic queue",
    "分布式文件系统 = HDFS",
    "纠删码 = erasure coding",
    "列转行 = 展开数组 = explode = unnest",
    "侧视图 = lateral view",
    "特征交叉 = 交叉特征 = 组合特征",
    "特征哈希 = 哈希技巧 = 散列",
    "分桶 = 离散化 = bucketize",
    "循环冗余校验 = 校验和 = checksum",
    "深拷贝 = 深复制 = deepcopy",
    "浅拷贝 = 浅复制 = copy.copy",
    "引用传递 = 传引用 = pass by reference",
    "垃圾回收 = garbage collection",
    "分块注意力 = tiled attention",
    "在线 Softmax = online softmax",
    "核化注意力 = 线性注意力 = kernelized attention",
    "稀疏注意力 = sparse attention",
    "局部注意力 = 滑动窗口注意力 = sliding window attention",
    "局部敏感哈希 = LSH = locality-sensitive hashing",
    "状态空间模型 = Mamba",
    "双线性离散化 = 双线性变换 = Tustin = bilinear transform",
    "树形注意力 = 树状注意力 = tree attention",
    "前缀微调 = 前缀调优 = P-tuning",
    "适配器 = 适配器微调",
    "可逆网络 = 可逆神经网络 = invertible network",
    "耦合层 = coupling layer",
    "神经常微分方程 = 神经 ODE = Neural ODE",
    "连续标准化流 = 连续归一化流 = CNF",
    "迹估计 = Hutchinson",
    "文生图 = 文本生成图像 = text-to-image",
    "打分函数估计 = 似然比估计 = 得分函数估计",
    "偏置 = 截距 = intercept",
    "混合精度训练 = 自动混合精度 = AMP = 半精度训练",
    "次正规数 = 非规格化数 = 非正规数 = subnormal = denormal",
    "数据并行 = 分布式数据并行 = DistributedDataParallel",
    "Ring-AllReduce = 环形全归约 = 环状归约",
    "指标的光滑化 = 可微指标 = 可导指标 = differentiable metric",
    "感受野 = 感受域",
    "有效感受野 = ERF = effective receptive field",
    "ASPP = 空洞空间金字塔池化 = atrous spatial pyramid pooling",
    "网格效应 = 格栅效应 = 栅格效应 = gridding",
    "最近邻插值 = 最近邻 = nearest neighbor",
    "像素准确率 = 像素精度 = pixel accuracy",
    "边界框 = 包围盒 = 边框 = bounding box",
    "热图 = 热力图 = heatmap",
    "集合预测 = set prediction",
    "图像金字塔 = image pyramid",
    "切片推理 = 切图 = 分块推理 = SAHI",
    "人脸对齐 = face alignment",
    "相似变换 = Umeyama = Procrustes",
    "超多分类 = 大规模分类 = extreme classification",
    "角度间隔 = angular margin = SphereFace",
    "余弦间隔 = CosFace",
    "数据倾斜 = data skew",
    "特征列 = feature column",
    "独热 = 独热编码",
    "分桶 = 分箱 = binning",
    "可变对象 = 可变类型",
    "共享传参 = 按共享传递 = call by sharing",
    "值传递 = 传值 = pass by value",
    "滑动窗口 = 滑窗 = sliding window",
    "双端队列 = deque",
    "稀疏表 = ST 表 = sparse table",
]
