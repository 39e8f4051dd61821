import matplotlib.pyplot as plt

plt.figure(figsize=(1, 1))
plt.plot([1, 2])
