// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** A program that counts its descriptors, opens and closes its first sockets of every kind, and counts again. */
final class FirstSocket {
    private FirstSocket() {}

    public static void main(String[] args) throws IOException {
        ProcessProbe probe = new ProcessProbe();
        int before = probe.descriptors();
        DatagramChannel.open().close();
        SocketChannel.open().close();
        new ServerSocket(0).close();
        Selector.open().close();
        System.out.println(before + " then " + probe.descriptors());
    }
}
