// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.phonesystem.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server that can be cut: hands on the bytes of each connection. */
final class TcpEdge implements AutoCloseable {
    private final ServerSocket listening;
    private final int server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final List<Socket> silent = new CopyOnWriteArrayList<>();

    TcpEdge(int server) throws IOException {
        this.server = server;
        this.listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    HostPort address() {
        return new HostPort("127.0.0.1", listening.getLocalPort());
    }

    private void accept() throws IOException {
        while (true) {
            Socket phone = listening.accept();
            Socket beyond = new Socket(InetAddress.getLoopbackAddress(), server);
            open.add(phone);
            open.add(beyond);
            start(() -> copy(phone, beyond));
            start(() -> copy(beyond, phone));
        }
    }

    private void copy(Socket from, Socket to) throws IOException {
        byte[] bytes = new byte[8192];
        try {
            for (int read; (read = from.getInputStream().read(bytes)) >= 0; ) {
                if (!silent.contains(from)) {
                    to.getOutputStream().write(bytes, 0, read);
                }
            }
        } finally {
            if (!silent.contains(from)) {
                from.close();
                to.close();
            }
        }
    }

    /** From now on hands on nothing of the connections that are open, not even their end; of new ones it does. */
    void silence() {
        silent.addAll(open);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // It was cut.
                    }
                },
                "edge");
        thread.setDaemon(true);
        thread.start();
    }

    /** Cuts every connection, and takes none any more. */
    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
