// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Locale;

/** The common part of pushed and polled UDP sockets. */
final class DatagramSockets {
    /** The largest payload of a UDP packet (RFC 768 with RFC 791). */
    private static final int LARGEST_PAYLOAD = 65_507;

    private DatagramSockets() {}

    static DatagramChannel open(InetSocketAddress local, int receiveBuffer, TrafficClass marked) throws IOException {
        if (local.isUnresolved()) {
            throw new BindException("the local address is not resolved");
        }
        DatagramChannel channel = DatagramChannel.open(familyOf(local));
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            marked.mark(channel);
            channel.bind(local);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** IPv4 and IPv6 sockets are separate, so that addresses appear as in the packets. */
    static ProtocolFamily familyOf(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
    }

    static InetSocketAddress localAddress(DatagramChannel channel) throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    static SendStatus send(DatagramChannel channel, ByteBuffer packet, InetSocketAddress to) {
        if (!channel.isOpen()) {
            return SendStatus.CLOSED;
        }
        if (packet.remaining() > LARGEST_PAYLOAD) {
            return SendStatus.TOO_LARGE;
        }
        boolean empty = !packet.hasRemaining();
        try {
            return channel.send(packet, to) > 0 || empty ? SendStatus.SENT : SendStatus.WOULD_BLOCK;
        } catch (ClosedChannelException e) {
            return SendStatus.CLOSED;
        } catch (UnresolvedAddressException | UnsupportedAddressTypeException e) {
            return SendStatus.UNREACHABLE;
        } catch (SocketException e) {
            return isTooLarge(e) ? SendStatus.TOO_LARGE : SendStatus.UNREACHABLE;
        } catch (IOException e) {
            return SendStatus.UNREACHABLE;
        }
    }

    // EMSGSIZE has no exception type of its own.
    private static boolean isTooLarge(SocketException e) {
        String message = e.getMessage();
        return message != null && message.toLowerCase(Locale.ROOT).contains("message too long");
    }
}
