// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to a server over which what comes back is counted, held up after so many bytes, or slow. All connections share it, as they share a line. On real
 * threads and sockets.
 */
final class RelayedLink implements AutoCloseable {
    /** As much as a packet on most lines. */
    private static final int PACKET = 1_460;

    /** What a packet costs beside that: Ethernet, IP and TCP. */
    private static final int ENVELOPE = 58;

    private final InetSocketAddress server;
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relayed-link");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private long passed;
    private long most = Long.MAX_VALUE;
    private long bitsPerSecond;
    private long free = System.nanoTime();

    RelayedLink(InetSocketAddress server) throws IOException {
        this.server = server;
        threads.execute(this::serve);
    }

    int port() {
        return door.getLocalPort();
    }

    /** Bytes that came back so far. */
    synchronized long passed() {
        return passed;
    }

    /** Lets so many more bytes come back, and then none. */
    synchronized void holdAfter(long bytes) {
        most = passed + bytes;
    }

    synchronized void release() {
        most = Long.MAX_VALUE;
        notifyAll();
    }

    /** What comes back comes at this rate from now on. */
    synchronized void pace(long bits) {
        bitsPerSecond = bits;
        free = System.nanoTime();
    }

    private void serve() {
        try {
            while (!door.isClosed()) {
                Socket near = door.accept();
                sockets.add(near);
                Socket far = new Socket(server.getAddress(), server.getPort());
                sockets.add(far);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                threads.execute(() -> pump(near, far, false));
                threads.execute(() -> pump(far, near, true));
            }
        } catch (IOException e) {
            // The link is closed, or the server is not there: nobody gets through.
            sockets.forEach(RelayedLink::shut);
        }
    }

    private void pump(Socket from, Socket to, boolean back) {
        byte[] packet = new byte[PACKET];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int count = in.read(packet); count >= 0; count = in.read(packet)) {
                for (int sent = 0; sent < count; ) {
                    int some = back ? admit(count - sent) : count - sent;
                    out.write(packet, sent, some);
                    sent += some;
                }
            }
        } catch (IOException e) {
            // One side has closed: so does the other.
            return;
        }
    }

    /** Waits until at least one byte may pass. */
    private int admit(int wanted) throws IOException {
        int some;
        long due;
        synchronized (this) {
            while (passed >= most && !door.isClosed()) {
                await();
            }
            some = (int) Math.min(wanted, most - passed);
            passed += some;
            due = System.nanoTime();
            if (bitsPerSecond > 0) {
                free = Math.max(free, due) + (some + ENVELOPE) * 8L * 1_000_000_000 / bitsPerSecond;
                due = free;
            }
        }
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return some;
    }

    @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
    private void await() throws IOException {
        try {
            wait();
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone in any case.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        release();
        sockets.forEach(RelayedLink::shut);
        threads.shutdownNow();
    }
}
