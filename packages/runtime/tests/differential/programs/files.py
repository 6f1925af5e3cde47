import io

file = open("text", "w", encoding="utf-8")
print(type(file), file.mode, isinstance(file, io.TextIOBase))
file.write("one\ntwo\n")
file.close()
for line in open("text"):
    print(line.strip())
with open("text", "rb") as file:
    print(file.read(), file.closed)
print(file.closed, sum(1 for _ in open("text")))
open("missing")
