import socket

server = socket.socket()
server.bind(("127.0.0.1", 0))
server.listen()
client = socket.socket()
client.connect(server.getsockname())
accepted, _ = server.accept()
client.sendall(b"hello")
print(accepted.recv(5), client.fileno() == server.fileno())
accepted.close()
client.close()
dropped = socket.socket()
