// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Free ports on the loopback address, for programs that must be told theirs. */
public final class Ports {
    private static int next = 20_000 + (int) (ProcessHandle.current().pid() % 1000) * 20;

    private Ports() {}

    /** The first of a run of ports that are free now for both UDP and TCP, outside the ephemeral range. */
    public static synchronized int freeRun(int count) {
        for (int attempt = 0; attempt < 500; attempt++) {
            int first = next;
            next = next + count > 32_000 ? 20_000 : next + count;
            boolean free = true;
            for (int port = first; port < first + count && free; port++) {
                free = isFree(port);
            }
            if (free) {
                return first;
            }
        }
        throw new AssertionError("no " + count + " free ports in a row");
    }

    private static boolean isFree(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(null)) {
            tcp.bind(address);
            udp.bind(address);
            return true;
        } catch (IOException e) {
            if (e instanceof java.net.BindException) {
                return false;
            }
            throw new UncheckedIOException(e);
        }
    }
}
