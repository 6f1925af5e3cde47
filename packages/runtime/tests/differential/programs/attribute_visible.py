import threading

class Service:
    def start(self):
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        print(self.thread is threading.current_thread())

service = Service()
service.start()
service.thread.join()
