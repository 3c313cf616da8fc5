// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.function.Supplier;

/** Passes datagrams of one phone on to a server and back, as a NAT between them would, and forgets its mapping when it is told to. */
final class ForgetfulNat implements AutoCloseable {
    private final SocketAddress server;
    private final DatagramSocket inside;
    private volatile DatagramSocket outside;
    private volatile SocketAddress phone;

    ForgetfulNat(InetSocketAddress server) throws SocketException {
        this.server = server;
        this.inside = open();
        this.outside = open();
        this.phone = server;
        carry(inside, () -> outside, true);
        carry(outside, () -> inside, false);
    }

    private static DatagramSocket open() throws SocketException {
        return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Where the phone finds the server. */
    int port() {
        return inside.getLocalPort();
    }

    /** What comes to the port so far goes nowhere, and the phone is seen from another. */
    void forget() throws SocketException {
        DatagramSocket before = outside;
        outside = open();
        carry(outside, () -> inside, false);
        before.close();
    }

    private void carry(DatagramSocket in, Supplier<DatagramSocket> out, boolean fromPhone) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[65_536];
                    while (!in.isClosed()) {
                        try {
                            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                            in.receive(packet);
                            if (fromPhone) {
                                phone = packet.getSocketAddress();
                            }
                            packet.setSocketAddress(fromPhone ? server : phone);
                            out.get().send(packet);
                        } catch (IOException e) {
                            if (!in.isClosed() && !out.get().isClosed()) {
                                throw new UncheckedIOException(e);
                            }
                        }
                    }
                },
                "forgetful-nat");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        inside.close();
        outside.close();
    }
}
