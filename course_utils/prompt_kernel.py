"""A kernel connection of JupyterLab without waiting: `course_utils.learn` names it on JupyterLab's command line.

The server's connection to the browser leaves Nagle's algorithm on, so that half of all answers of the kernel
arrive 40 ms late, which is felt in every figure that asks Python for its next frame.
"""

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    def connect(self):
        self.websocket_handler.set_nodelay(True)
        return super().connect()
