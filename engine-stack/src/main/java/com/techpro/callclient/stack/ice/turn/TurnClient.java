// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.turn;

import com.techpro.callclient.stack.ice.stun.LongTermAuthentication;
import com.techpro.callclient.stack.ice.stun.Retransmission;
import com.techpro.callclient.stack.ice.stun.StunAttribute;
import com.techpro.callclient.stack.ice.stun.StunClass;
import com.techpro.callclient.stack.ice.stun.StunError;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunMethod;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.stack.ice.stun.StunWriter;
import com.techpro.callclient.stack.ice.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One allocation at one TURN server (RFC 8656). It has neither sockets nor a clock: each input
 * comes with its time in nanoseconds, and the result is a list of effects to perform. Not
 * thread-safe.
 *
 * <pre>
 *   IDLE ── start ──► ALLOCATING ── success ──► ALLOCATED ── close ──► RELEASING ── answer, or none ──► GONE
 *                        │   ▲ 401, 438: once more, signed   │
 *                        └───┘                               └─ Refresh refused, not answered, or to no lifetime ──► GONE (Failed)
 *   ALLOCATING ── any other error, or no answer ──► GONE (Failed)
 *
 *   an allocation is refreshed a minute before it ends, or at half its life, but never within five seconds
 *   a permission lasts 5 minutes and is renewed after 4, a channel 10 and is renewed after 9
 *   data goes on a channel where there is one, in Send indications until then, and nowhere without a permission
 * </pre>
 *
 * The caller must check that the packets it passes in come from the server.
 */
public final class TurnClient {
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final Duration MARGIN = Duration.ofMinutes(1);
    /** A very short lifetime from the server does not make this side send all the time. */
    private static final Duration SOONEST_REFRESH = Duration.ofSeconds(5);

    private static final int RELEASE_TRIES = 3;
    private static final long UDP = 17L << 24;

    private final LongTermAuthentication login;
    private final boolean ipv6;
    private final boolean stream;
    private final Random random;
    private final Map<TransactionId, Request> requests = new LinkedHashMap<>();
    private final TurnPeers peers = new TurnPeers();
    private Phase phase = Phase.IDLE;
    private long refreshAt;
    private int malformed;
    private int unauthentic;
    private int notPermitted;
    private List<TurnEffect> effects = new ArrayList<>();

    /**
     * @param ipv6 whether the relayed address is to be an IPv6 address
     * @param stream whether the server is reached by TCP or TLS
     */
    public TurnClient(LongTermAuthentication login, boolean ipv6, boolean stream, Random random) {
        this.login = login;
        this.ipv6 = ipv6;
        this.stream = stream;
        this.random = random;
    }

    private enum Phase {
        IDLE,
        ALLOCATING,
        ALLOCATED,
        RELEASING,
        GONE
    }

    /**
     * @param peer of CreatePermission and ChannelBind, else null
     * @param challenges how often it was challenged before it was sent like this
     */
    @SuppressWarnings("ArrayRecordComponent") // Passed on once, never compared.
    private record Request(
            StunMethod method,
            @Nullable InetSocketAddress peer,
            long lifetime,
            byte[] packet,
            boolean signed,
            int challenges,
            Retransmission sending,
            long due) {
        Request again(long now) {
            Retransmission next = sending.next();
            return new Request(
                    method,
                    peer,
                    lifetime,
                    packet,
                    signed,
                    challenges,
                    next,
                    now + next.pause().toNanos());
        }
    }

    public List<TurnEffect> start(long now) {
        if (phase == Phase.IDLE) {
            phase = Phase.ALLOCATING;
            request(StunMethod.ALLOCATE, null, LIFETIME.getSeconds(), now);
        }
        return take();
    }

    /**
     * Requests a permission for the peer's address, once, and renews it until the end (§9). At most
     * 64 are requested.
     */
    public List<TurnEffect> permit(InetSocketAddress peer, long now) {
        if (phase == Phase.ALLOCATED && peers.addPermission(peer.getAddress(), now)) {
            request(StunMethod.CREATE_PERMISSION, peer, 0, now);
        }
        return take();
    }

    /** Requests a channel to the peer (§12). */
    public List<TurnEffect> bindChannel(InetSocketAddress peer, long now) {
        if (phase == Phase.ALLOCATED && peers.addChannel(peer, now)) {
            request(StunMethod.CHANNEL_BIND, peer, 0, now);
        }
        return take();
    }

    /** Relays a packet; drops it if there is no permission yet. */
    public List<TurnEffect> send(InetSocketAddress peer, byte[] packet) {
        if (phase != Phase.ALLOCATED || !peers.isPermitted(peer.getAddress())) {
            notPermitted++;
        } else if (peers.isBound(peer)) {
            effects.add(new TurnEffect.Send(new ChannelData(peers.channel(peer), packet).encode(stream)));
        } else {
            effects.add(new TurnEffect.Send(
                    new StunWriter(StunClass.INDICATION, StunMethod.SEND, TransactionId.random(random))
                            .xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer)
                            .bytes(StunAttribute.DATA, packet)
                            .toBytes()));
        }
        return take();
    }

    /**
     * Asks whether the server still has the allocation; a restarted server has not (§7). Refused
     * permissions may be requested again.
     */
    public List<TurnEffect> refresh(long now) {
        peers.forgetRefusals();
        if (phase == Phase.ALLOCATED) {
            request(StunMethod.REFRESH, null, LIFETIME.getSeconds(), now);
        }
        return take();
    }

    /** Releases the allocation (§8: a lifetime of zero). */
    public List<TurnEffect> close(long now) {
        requests.clear();
        if (phase == Phase.ALLOCATED) {
            phase = Phase.RELEASING;
            request(StunMethod.REFRESH, null, 0, now);
        } else if (phase == Phase.IDLE || phase == Phase.ALLOCATING) {
            phase = Phase.GONE;
            effects.add(new TurnEffect.Released());
        }
        return take();
    }

    /** Releases an unusable allocation without waiting for an answer. */
    public List<TurnEffect> reject(long now) {
        if (phase == Phase.ALLOCATED) {
            request(StunMethod.REFRESH, null, 0, now);
            fail(TurnFailure.BAD_ANSWER);
        }
        return take();
    }

    /** The stream to the server has ended, and with it the allocation (§7). */
    public List<TurnEffect> connectionLost() {
        if (phase == Phase.RELEASING) {
            released();
        } else if (phase != Phase.GONE) {
            fail(TurnFailure.CONNECTION_LOST);
        }
        return take();
    }

    /** Processes a packet of the server: a STUN message or channel data. */
    public List<TurnEffect> received(ByteBuffer packet, long now) {
        if (packet.hasRemaining() && (packet.get(packet.position()) & 0xC0) == 0x40) {
            channelData(packet);
        } else if (StunParser.parse(packet) instanceof StunParseResult.Parsed parsed) {
            received(parsed.message(), now);
        } else {
            malformed++;
        }
        return take();
    }

    private void received(StunMessage message, long now) {
        if (message.kind() == StunClass.INDICATION && message.method() == StunMethod.DATA) {
            data(message);
            return;
        }
        Request request = message.kind().isResponse() ? requests.get(message.id()) : null;
        if (request == null || request.method != message.method()) {
            return;
        }
        boolean success = message.kind() == StunClass.SUCCESS;
        boolean authentic = login.isAuthentic(message);
        if (success && request.signed && !authentic) {
            // RFC 8489 §9.2.5: ignore it.
            unauthentic++;
            return;
        }
        requests.remove(message.id());
        if (success && message.unknownRequired().isEmpty()) {
            succeeded(request, message, now);
        } else {
            refused(request, message, success, now);
        }
    }

    private void succeeded(Request request, StunMessage message, long now) {
        switch (request.method) {
            case ALLOCATE -> {
                InetSocketAddress relayed = message.xorAddress(StunAttribute.XOR_RELAYED_ADDRESS);
                InetSocketAddress mapped = message.xorAddress(StunAttribute.XOR_MAPPED_ADDRESS);
                Long lifetime = message.uint32(StunAttribute.LIFETIME);
                if (relayed == null || mapped == null || lifetime == null || lifetime == 0) {
                    fail(TurnFailure.BAD_ANSWER);
                    return;
                }
                phase = Phase.ALLOCATED;
                refreshAt = now + untilRefresh(lifetime).toNanos();
                effects.add(new TurnEffect.Allocated(relayed, mapped, Duration.ofSeconds(lifetime)));
            }
            case REFRESH -> {
                if (phase == Phase.RELEASING) {
                    released();
                    return;
                }
                Long lifetime = message.uint32(StunAttribute.LIFETIME);
                if (lifetime != null && lifetime == 0) {
                    // RFC 8656 §8.3: the server no longer has the allocation.
                    fail(TurnFailure.ALLOCATION_MISMATCH);
                    return;
                }
                refreshAt = now
                        + untilRefresh(lifetime == null ? LIFETIME.getSeconds() : lifetime)
                                .toNanos();
                effects.add(new TurnEffect.Refreshed());
            }
            case CREATE_PERMISSION -> {
                if (request.peer != null && peers.granted(request.peer.getAddress())) {
                    effects.add(new TurnEffect.PermissionGranted(request.peer.getAddress()));
                }
            }
            case CHANNEL_BIND -> {
                if (request.peer != null && peers.bound(request.peer)) {
                    effects.add(new TurnEffect.ChannelBound(request.peer));
                }
            }
            default -> {}
        }
    }

    private void refused(Request request, StunMessage message, boolean misunderstood, long now) {
        StunError error = message.error();
        TurnFailure failure = misunderstood ? TurnFailure.BAD_ANSWER : TurnFailure.of(error);
        if (error != null && (error.code() == StunError.UNAUTHENTICATED || error.code() == StunError.STALE_NONCE)) {
            switch (login.challenged(message, request.challenges)) {
                case RETRY -> {
                    request(request.method, request.peer, request.lifetime, request.challenges + 1, now);
                    return;
                }
                case REFUSED -> failure = TurnFailure.WRONG_CREDENTIALS;
                case UNUSABLE -> failure = TurnFailure.BAD_CHALLENGE;
            }
        }
        refused(request, failure);
    }

    private void refused(Request request, TurnFailure failure) {
        if (request.method == StunMethod.CREATE_PERMISSION && request.peer != null) {
            peers.refused(request.peer.getAddress());
            effects.add(new TurnEffect.PermissionRefused(request.peer.getAddress(), failure));
        } else if (request.method == StunMethod.CHANNEL_BIND && request.peer != null) {
            peers.unbound(request.peer);
        } else if (phase == Phase.RELEASING) {
            released();
        } else {
            fail(failure);
        }
    }

    private void channelData(ByteBuffer packet) {
        ChannelData data = ChannelData.parse(packet);
        if (data == null) {
            malformed++;
            return;
        }
        InetSocketAddress peer = peers.peer(data.channel());
        if (peer != null) {
            effects.add(new TurnEffect.Received(peer, data.packet()));
        }
    }

    private void data(StunMessage message) {
        InetSocketAddress peer = message.xorAddress(StunAttribute.XOR_PEER_ADDRESS);
        byte[] packet = message.bytes(StunAttribute.DATA);
        if (peer == null || packet == null) {
            malformed++;
        } else if (!peers.isKnown(peer.getAddress())) {
            // RFC 8656 §11.4.
            notPermitted++;
        } else {
            effects.add(new TurnEffect.Received(peer, packet));
        }
    }

    /** Performs what is due. */
    public List<TurnEffect> wake(long now) {
        for (Map.Entry<TransactionId, Request> entry : List.copyOf(requests.entrySet())) {
            Request request = entry.getValue();
            if (request.due - now > 0 || !requests.containsKey(entry.getKey())) {
                continue;
            }
            boolean last = phase == Phase.RELEASING && request.sending.sent() >= RELEASE_TRIES;
            if (request.sending.sendsAgain() && !last) {
                requests.put(entry.getKey(), request.again(now));
                effects.add(new TurnEffect.Send(request.packet));
            } else {
                requests.remove(entry.getKey());
                refused(request, TurnFailure.NO_ANSWER);
            }
        }
        if (phase == Phase.ALLOCATED) {
            renew(now);
        }
        return take();
    }

    private void renew(long now) {
        if (refreshAt - now <= 0) {
            refreshAt = now + MARGIN.toNanos();
            request(StunMethod.REFRESH, null, LIFETIME.getSeconds(), now);
        }
        peers.renew(now, (method, peer) -> request(method, peer, 0, now));
    }

    /** Returns the time until {@link #wake} has something to do; null if nothing is pending. */
    public @Nullable Duration untilWake(long now) {
        long soonest = Long.MAX_VALUE;
        for (Request request : requests.values()) {
            soonest = Math.min(soonest, request.due - now);
        }
        if (phase == Phase.ALLOCATED) {
            soonest = Math.min(Math.min(soonest, refreshAt - now), peers.untilRenewal(now));
        }
        return soonest == Long.MAX_VALUE ? null : Duration.ofNanos(Math.max(0, soonest));
    }

    /** Returns the number of packets that could not be parsed. */
    public int malformed() {
        return malformed;
    }

    /** Returns the number of responses that failed authentication. */
    public int unauthentic() {
        return unauthentic;
    }

    /** Returns the number of packets, in both directions, of peers without permission. */
    public int notPermitted() {
        return notPermitted;
    }

    private void request(StunMethod method, @Nullable InetSocketAddress peer, long lifetime, long now) {
        request(method, peer, lifetime, 0, now);
    }

    private void request(StunMethod method, @Nullable InetSocketAddress peer, long lifetime, int challenges, long now) {
        TransactionId id = TransactionId.random(random);
        StunWriter writer = new StunWriter(StunClass.REQUEST, method, id);
        switch (method) {
            case ALLOCATE -> {
                writer.uint32(StunAttribute.REQUESTED_TRANSPORT, UDP).uint32(StunAttribute.LIFETIME, lifetime);
                if (ipv6) {
                    writer.uint32(StunAttribute.REQUESTED_ADDRESS_FAMILY, 2L << 24);
                }
            }
            case REFRESH -> writer.uint32(StunAttribute.LIFETIME, lifetime);
            case CHANNEL_BIND -> writer.uint32(StunAttribute.CHANNEL_NUMBER, (long) peers.channel(peer) << 16);
            default -> {}
        }
        if (peer != null) {
            writer.xorAddress(StunAttribute.XOR_PEER_ADDRESS, peer);
        }
        byte[] packet = login.sign(writer).fingerprint();
        Retransmission sending =
                stream ? Retransmission.overStream() : Retransmission.overUdp(Retransmission.DEFAULT_RTO);
        long due = now + sending.pause().toNanos();
        requests.put(id, new Request(method, peer, lifetime, packet, login.isKnown(), challenges, sending, due));
        effects.add(new TurnEffect.Send(packet));
    }

    private static Duration untilRefresh(long lifetime) {
        Duration whole =
                Duration.ofSeconds(Math.min(lifetime, Duration.ofDays(1).getSeconds()));
        Duration before = whole.compareTo(MARGIN.multipliedBy(2)) > 0 ? whole.minus(MARGIN) : whole.dividedBy(2);
        return before.compareTo(SOONEST_REFRESH) < 0 ? SOONEST_REFRESH : before;
    }

    private void fail(TurnFailure failure) {
        phase = Phase.GONE;
        requests.clear();
        effects.add(new TurnEffect.Failed(failure));
    }

    private void released() {
        phase = Phase.GONE;
        requests.clear();
        effects.add(new TurnEffect.Released());
    }

    private List<TurnEffect> take() {
        List<TurnEffect> taken = effects;
        effects = new ArrayList<>();
        return taken;
    }
}
