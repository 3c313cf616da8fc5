// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.DatagramLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A STUN and TURN server over UDP and TCP on a {@link SimulatedHost} (RFC 8489, RFC 8656), for one
 * user.
 */
public final class SimulatedTurnServer implements AutoCloseable {
    public static final String USER = "alice";
    public static final String PASSWORD = "turn-secret-4711";
    private static final String REALM = "turn.test";
    private static final String CREDENTIALS = USER + ":" + REALM + ":" + PASSWORD;
    private static final Duration PERMISSION = Duration.ofMinutes(5);
    private static final Duration CHANNEL = Duration.ofMinutes(10);

    private final SimulatedHost host;
    private final InetAddress address;
    private final DatagramLink socket;
    private final SimulatedTurnStreams streams;
    private final Map<InetSocketAddress, Allocation> allocations = new LinkedHashMap<>();
    private final List<String> received = new ArrayList<>();
    private int nonce = 1;
    private int errorForNext;
    private boolean silent;
    private @Nullable InetSocketAddress claimed;
    private int grantedByRefresh = -1;

    /** Opens the server's port on the host's first address. */
    public SimulatedTurnServer(SimulatedHost host) {
        this.host = host;
        this.address = host.name();
        try {
            this.socket = host.openDatagram(new InetSocketAddress(address, 3478), this::received);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.streams = new SimulatedTurnStreams(host, socket.localAddress(), this::received, this::release);
    }

    private static final class Allocation {
        final DatagramLink relay;
        final Map<InetAddress, Long> permissions = new LinkedHashMap<>();
        final Map<Integer, InetSocketAddress> channels = new LinkedHashMap<>();
        final Map<Integer, Long> channelEnds = new LinkedHashMap<>();
        final byte[] transaction;
        long ends;

        Allocation(DatagramLink relay, byte[] transaction) {
            this.relay = relay;
            this.transaction = transaction;
        }
    }

    public InetSocketAddress address() {
        return socket.localAddress();
    }

    /** Refuses the next signed request as stale, and every later one with the old nonce. */
    public void changeNonce() {
        nonce++;
    }

    /** Refuses the next signed request with this error. */
    public void refuseNext(int error) {
        errorForNext = error;
    }

    /** Announces this address as the relayed one of allocations, whatever is true. */
    public void claim(InetSocketAddress relayed) {
        claimed = relayed;
    }

    /** Announces this lifetime in Refresh responses, whatever is true. */
    public void grantByRefresh(int seconds) {
        grantedByRefresh = seconds;
    }

    /** Stops answering and relaying, or resumes. */
    public void silent(boolean on) {
        silent = on;
    }

    /** Sends TCP data in pieces of this many bytes. */
    public void slice(int bytes) {
        streams.slice(bytes);
    }

    /** Closes every TCP connection, and removes the allocations made over them (§7). */
    public void disconnect() {
        streams.disconnect();
    }

    /** Returns how many TCP connections are open. */
    public int connections() {
        return streams.open();
    }

    /** Stops listening for TCP: connections are refused. */
    public void refuseStreams() {
        streams.close();
    }

    private void release(InetSocketAddress client) {
        Allocation gone = allocations.remove(client);
        if (gone != null) {
            gone.relay.close();
        }
    }

    /** Forgets every allocation and nonce. */
    public void restart() {
        allocations.values().forEach(allocation -> allocation.relay.close());
        allocations.clear();
        changeNonce();
    }

    /** Returns the number of current allocations. */
    public int allocations() {
        allocations.values().removeIf(this::isOver);
        return allocations.size();
    }

    /** Returns the requests so far as method and response: {@code ALLOCATE 401}. */
    public List<String> requests() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        socket.close();
        streams.close();
        allocations.values().forEach(allocation -> allocation.relay.close());
        allocations.clear();
    }

    private long now() {
        return host.network().time().nanoTime();
    }

    private boolean isOver(Allocation allocation) {
        boolean over = allocation.ends - now() <= 0;
        if (over) {
            allocation.relay.close();
        }
        return over;
    }

    private void received(ByteBuffer packet, InetSocketAddress from) {
        if (silent) {
            return;
        }
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        if (bytes.length >= 4 && (bytes[0] & 0xC0) == 0x40) {
            channelData(bytes, from);
            return;
        }
        if (bytes.length < 20 || ByteBuffer.wrap(bytes).getInt(4) != StunBytes.COOKIE) {
            return;
        }
        Map<Integer, byte[]> attributes = StunBytes.attributes(bytes);
        switch (ByteBuffer.wrap(bytes).getShort(0)) {
            case 0x001 -> answer(bytes, from, false, List.of(StunBytes.attribute(0x20, StunBytes.xor(from, bytes))));
            case 0x003 -> signed("ALLOCATE", bytes, attributes, from);
            case 0x004 -> signed("REFRESH", bytes, attributes, from);
            case 0x008 -> signed("CREATE_PERMISSION", bytes, attributes, from);
            case 0x009 -> signed("CHANNEL_BIND", bytes, attributes, from);
            case 0x016 -> {
                Allocation allocation = allocation(from);
                byte[] peer = attributes.get(0x12);
                byte[] data = attributes.get(0x13);
                if (allocation != null && peer != null && data != null) {
                    relay(allocation, StunBytes.unXor(peer, bytes), data);
                }
            }
            default -> {}
        }
    }

    private @Nullable Allocation allocation(InetSocketAddress from) {
        allocations();
        return allocations.get(from);
    }

    private void signed(String method, byte[] bytes, Map<Integer, byte[]> attributes, InetSocketAddress from) {
        int refusal = refusal(bytes, attributes);
        if (refusal == 0 && errorForNext != 0) {
            refusal = errorForNext;
            errorForNext = 0;
        }
        Allocation allocation = allocation(from);
        boolean repeated =
                allocation != null && Arrays.equals(allocation.transaction, Arrays.copyOfRange(bytes, 8, 20));
        if (refusal == 0 && !repeated && method.equals("ALLOCATE") == (allocation != null)) {
            refusal = 437;
        }
        byte[] lifetime = attributes.get(0x0D);
        long seconds =
                lifetime == null ? 600 : Math.min(600, ByteBuffer.wrap(lifetime).getInt());
        byte[] peer = attributes.get(0x12);
        byte[] channel = attributes.get(0x0C);
        if (refusal != 0) {
            received.add(method + " " + refusal);
            refuse(bytes, from, refusal);
            return;
        }
        received.add(method + (method.equals("REFRESH") && seconds == 0 ? " 0" : "") + " OK");
        List<byte[]> answer = new ArrayList<>();
        switch (method) {
            case "ALLOCATE" -> {
                Allocation made = allocation != null ? allocation : allocate(from, Arrays.copyOfRange(bytes, 8, 20));
                made.ends = now() + Duration.ofSeconds(seconds).toNanos();
                answer.add(StunBytes.attribute(
                        0x16, StunBytes.xor(claimed == null ? made.relay.localAddress() : claimed, bytes)));
                answer.add(StunBytes.attribute(0x20, StunBytes.xor(from, bytes)));
                answer.add(StunBytes.attribute(0x0D, StunBytes.word((int) seconds)));
            }
            case "REFRESH" -> {
                if (allocation != null) {
                    allocation.ends = now() + Duration.ofSeconds(seconds).toNanos();
                }
                allocations();
                answer.add(StunBytes.attribute(
                        0x0D, StunBytes.word(grantedByRefresh < 0 ? (int) seconds : grantedByRefresh)));
            }
            default -> {
                if (allocation != null && peer != null) {
                    InetSocketAddress to = StunBytes.unXor(peer, bytes);
                    allocation.permissions.put(to.getAddress(), now() + PERMISSION.toNanos());
                    if (channel != null) {
                        int number = ByteBuffer.wrap(channel).getShort() & 0xFFFF;
                        allocation.channels.put(number, to);
                        allocation.channelEnds.put(number, now() + CHANNEL.toNanos());
                    }
                }
            }
        }
        answer(bytes, from, true, answer);
    }

    private Allocation allocate(InetSocketAddress client, byte[] transaction) {
        Allocation[] made = new Allocation[1];
        try {
            made[0] = new Allocation(
                    host.openDatagram(
                            new InetSocketAddress(address, 0),
                            (packet, peer) -> toClient(made[0], client, packet, peer)),
                    transaction);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        allocations.put(client, made[0]);
        return made[0];
    }

    private void toClient(Allocation allocation, InetSocketAddress client, ByteBuffer packet, InetSocketAddress peer) {
        if (silent || isOver(allocation) || !isPermitted(allocation, peer)) {
            return;
        }
        byte[] data = new byte[packet.remaining()];
        packet.get(data);
        for (Map.Entry<Integer, InetSocketAddress> channel : allocation.channels.entrySet()) {
            if (channel.getValue().equals(peer)
                    && allocation.channelEnds.getOrDefault(channel.getKey(), now()) - now() > 0) {
                send(
                        ByteBuffer.allocate(4 + data.length)
                                .putShort(channel.getKey().shortValue())
                                .putShort((short) data.length)
                                .put(data)
                                .array(),
                        client);
                return;
            }
        }
        byte[] header = StunBytes.header(0x0017, new byte[12]);
        send(
                StunBytes.concat(
                        header,
                        List.of(
                                StunBytes.attribute(0x12, StunBytes.xor(peer, header)),
                                StunBytes.attribute(0x13, data))),
                client);
    }

    private boolean isPermitted(Allocation allocation, InetSocketAddress peer) {
        Long ends = allocation.permissions.get(peer.getAddress());
        return ends != null && ends - now() > 0;
    }

    private void channelData(byte[] bytes, InetSocketAddress from) {
        Allocation allocation = allocation(from);
        int number = ByteBuffer.wrap(bytes).getShort() & 0xFFFF;
        int length = ByteBuffer.wrap(bytes).getShort(2) & 0xFFFF;
        InetSocketAddress peer = allocation == null ? null : allocation.channels.get(number);
        if (allocation != null && peer != null && length <= bytes.length - 4) {
            relay(allocation, peer, Arrays.copyOfRange(bytes, 4, 4 + length));
        }
    }

    private void relay(Allocation allocation, InetSocketAddress peer, byte[] data) {
        if (isPermitted(allocation, peer)) {
            allocation.relay.send(ByteBuffer.wrap(data), peer);
        }
    }

    private int refusal(byte[] bytes, Map<Integer, byte[]> attributes) {
        byte[] integrity = attributes.get(0x08);
        byte[] user = attributes.get(0x06);
        byte[] given = attributes.get(0x15);
        if (integrity == null || user == null || given == null) {
            return 401;
        }
        if (!new String(given, StandardCharsets.UTF_8).equals(nonce())) {
            return 438;
        }
        boolean alice = new String(user, StandardCharsets.UTF_8).equals(USER);
        return alice && StunBytes.isSigned(bytes, CREDENTIALS) ? 0 : 401;
    }

    private String nonce() {
        return "nonce-" + nonce;
    }

    private void refuse(byte[] request, InetSocketAddress to, int error) {
        List<byte[]> attributes = List.of(
                StunBytes.attribute(0x09, new byte[] {0, 0, (byte) (error / 100), (byte) (error % 100)}),
                StunBytes.attribute(0x14, REALM.getBytes(StandardCharsets.UTF_8)),
                StunBytes.attribute(0x15, nonce().getBytes(StandardCharsets.UTF_8)));
        send(StunBytes.response(request, 0x110, attributes), to);
    }

    private void answer(byte[] request, InetSocketAddress to, boolean sign, List<byte[]> attributes) {
        byte[] message = StunBytes.response(request, 0x100, attributes);
        send(StunBytes.fingerprinted(sign ? StunBytes.signed(message, CREDENTIALS) : message), to);
    }

    private void send(byte[] message, InetSocketAddress to) {
        if (streams.has(to)) {
            streams.send(message, to);
        } else {
            socket.send(ByteBuffer.wrap(message), to);
        }
    }
}
