// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.turn.TurnClient;
import com.techpro.callclient.stack.ice.turn.TurnEffect;
import com.techpro.callclient.stack.ice.turn.TurnStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A TURN client of an {@link IceSession}, its connection to the server, and the packets that wait
 * for a permission.
 */
final class Relay {
    private static final int MAX_WAITING = 4;
    private static final byte[] BROADCAST = {-1, -1, -1, -1};

    final TurnClient client;
    final int component;

    /** The socket to the server; null if it is reached by a stream. */
    final @Nullable InetSocketAddress base;

    final InetSocketAddress server;
    final int preference;
    private final Consumer<byte[]> toServer;
    private final @Nullable TurnStream stream;
    private final Map<InetAddress, List<Waiting>> waiting = new LinkedHashMap<>();
    private @Nullable InetSocketAddress relayed;
    private @Nullable InetSocketAddress mapped;
    /**
     * Whether the address is a candidate of this generation. After a restart, the server is first
     * asked whether it still exists.
     */
    private boolean offered;
    /** Whether the next generation omits this relay. */
    private boolean retired;

    Relay(
            TurnClient client,
            int component,
            @Nullable InetSocketAddress base,
            InetSocketAddress server,
            int preference,
            Consumer<byte[]> toServer,
            @Nullable TurnStream stream) {
        this.client = client;
        this.component = component;
        this.base = base;
        this.server = server;
        this.preference = preference;
        this.toServer = toServer;
        this.stream = stream;
    }

    @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
    private record Waiting(InetSocketAddress to, byte[] packet) {}

    boolean isStream() {
        return stream != null;
    }

    void retire() {
        retired = true;
    }

    boolean isRetired() {
        return retired;
    }

    /** Sends nothing more to the server. */
    void close() {
        if (stream != null) {
            stream.close();
        }
    }

    @Nullable
    InetSocketAddress relayed() {
        return relayed;
    }

    boolean isOffered() {
        return offered;
    }

    /**
     * Returns the candidate of this generation, once its address is confirmed; null if it was
     * returned before.
     */
    @Nullable
    IceCandidate offer() {
        InetSocketAddress address = relayed;
        if (offered || address == null) {
            return null;
        }
        offered = true;
        return IceCandidate.relayed(component, address, server, isStream(), preference);
    }

    /**
     * Returns the socket's address as the server sees it (RFC 8445 §5.1.1.2); null for a stream, or
     * if it is the local address.
     */
    @Nullable
    IceCandidate reflexive() {
        return base == null || mapped == null || mapped.equals(base)
                ? null
                : IceCandidate.serverReflexive(component, mapped, base, server, preference);
    }

    /** Begins another generation. */
    List<TurnEffect> restart(long now) {
        offered = false;
        return client.refresh(now);
    }

    /**
     * Returns whether packets to this address can arrive. A misconfigured or malicious server may
     * give others. A server on this device may give the loopback address.
     */
    private boolean isReachable(InetSocketAddress address) {
        InetAddress named = address.getAddress();
        return address.getPort() != 0
                && !named.isAnyLocalAddress()
                && !named.isMulticastAddress()
                && !Arrays.equals(named.getAddress(), BROADCAST)
                && (!named.isLoopbackAddress() || server.getAddress().isLoopbackAddress());
    }

    /** Performs the effects that it can, and returns those for the session. */
    List<TurnEffect> interpret(List<TurnEffect> effects, long now) {
        List<TurnEffect> told = new ArrayList<>();
        for (TurnEffect effect : effects) {
            if (effect instanceof TurnEffect.Send send) {
                toServer.accept(send.packet());
            } else if (effect instanceof TurnEffect.PermissionGranted granted) {
                List<Waiting> packets = waiting.remove(granted.peer());
                if (packets != null) {
                    packets.forEach(packet -> interpret(client.send(packet.to, packet.packet), now));
                }
            } else if (effect instanceof TurnEffect.PermissionRefused refused) {
                waiting.remove(refused.peer());
            } else if (effect instanceof TurnEffect.Allocated allocated && !isReachable(allocated.relayed())) {
                told.addAll(interpret(client.reject(now), now));
            } else {
                if (effect instanceof TurnEffect.Allocated allocated) {
                    relayed = allocated.relayed();
                    mapped = isReachable(allocated.mapped()) ? allocated.mapped() : null;
                } else if (effect instanceof TurnEffect.Failed || effect instanceof TurnEffect.Released) {
                    relayed = null;
                    waiting.clear();
                }
                told.add(effect);
            }
        }
        return told;
    }

    /** Requests a permission; until it is granted, up to four packets wait. */
    void prepare(InetSocketAddress peer, long now) {
        List<TurnEffect> effects = client.permit(peer, now);
        if (!effects.isEmpty()) {
            waiting.put(peer.getAddress(), new ArrayList<>());
        }
        interpret(effects, now);
    }

    void send(InetSocketAddress peer, byte[] packet, long now) {
        List<Waiting> queue = waiting.get(peer.getAddress());
        if (queue == null) {
            interpret(client.send(peer, packet), now);
        } else if (queue.size() < MAX_WAITING) {
            queue.add(new Waiting(peer, packet));
        }
    }
}
