import subprocess
import sys

child = subprocess.Popen([sys.executable, "-S", "-c", "print(input())"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
print(child.communicate(b"hello\n")[0].decode().strip(), child.returncode, type(child))
with subprocess.Popen([sys.executable, "-S", "-c", "raise SystemExit(3)"]) as child:
    print(child.wait())
