// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * Free ports on the loopback address, for programs that must be told theirs. Tests of several processes run side by side: each
 * takes its ports from a range that is its own until it ends, because what it gives a program the others would find free.
 */
public final class Ports {
    /** The ranges end before the ephemeral ports begin. */
    private static final int LOWEST = 12_000;

    private static final int HIGHEST = 31_999;
    private static final int RANGE = 2_000;

    /** On the first port of the range, which is whose who listens there. */
    private static @Nullable ServerSocket own;

    private static int next;

    private Ports() {}

    /** The first of a run of ports that are free now for both UDP and TCP, outside the ephemeral range. */
    public static synchronized int freeRun(int count) {
        ServerSocket taken = own;
        if (taken == null) {
            taken = takeRange();
            own = taken;
            next = taken.getLocalPort() + 1;
        }
        int end = taken.getLocalPort() + RANGE;
        for (int attempt = 0; attempt < 500; attempt++) {
            int first = next + count > end ? taken.getLocalPort() + 1 : next;
            next = first + count;
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

    private static ServerSocket takeRange() {
        for (int first = LOWEST; first < HIGHEST; first += RANGE) {
            try {
                return new ServerSocket(first, 1, InetAddress.getLoopbackAddress());
            } catch (BindException e) {
                // It is another process's.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("all ranges of ports are other processes'");
    }

    private static boolean isFree(int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(null)) {
            tcp.bind(address);
            udp.bind(address);
            return true;
        } catch (IOException e) {
            if (e instanceof BindException) {
                return false;
            }
            throw new UncheckedIOException(e);
        }
    }
}
