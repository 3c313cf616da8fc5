// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import com.techpro.callclient.stack.media.Keying;
import com.techpro.callclient.stack.media.dtls.DtlsFailure;
import com.techpro.callclient.stack.media.dtls.DtlsHandshake;
import com.techpro.callclient.stack.media.dtls.DtlsKeys;
import com.techpro.callclient.stack.media.srtp.SrtpContext;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.pbx.fault.PhoneMediaFaults;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The SRTP contexts of a {@link MediaPort}: by SDES, or by DTLS handshakes. Media loop only. */
final class PortKeys {
    /** Time for packets of the previous handshake to arrive. */
    private static final Duration STRAY_FLIGHTS = Duration.ofMillis(100);

    /**
     * A device that starts no new handshake after the forgotten one is no longer heard after this
     * time.
     */
    private static final Duration FORGOTTEN_KEYS = Duration.ofSeconds(1);

    /** Half a second of audio. */
    private static final int MOST_HELD = 25;

    private record Held(ByteBuffer packet, InetSocketAddress from) {}

    private final MediaPlane plane;
    private final Supplier<@Nullable InetSocketAddress> remote;
    private final ImpairedPath.Next replay;
    private final ImpairedHandshake fromPhone;
    private final ImpairedHandshake toPhone;
    private @Nullable SrtpContext inbound;
    private @Nullable SrtpContext outbound;
    private Keying.@Nullable Dtls agreed;
    private @Nullable DtlsHandshake handshake;
    private boolean handshaking;
    /** Packets that arrived during a handshake and fit no known key. */
    private final Deque<Held> held = new ArrayDeque<>();

    /**
     * @param remote where handshakes go
     * @param send sends a handshake's datagram
     * @param replay takes the packets that were kept
     */
    PortKeys(
            MediaPlane plane,
            PhoneMediaFaults faults,
            Supplier<@Nullable InetSocketAddress> remote,
            ImpairedPath.Next send,
            ImpairedPath.Next replay) {
        this.plane = plane;
        this.remote = remote;
        this.replay = replay;
        this.fromPhone = new ImpairedHandshake(faults.fromPhone(), this::shake);
        this.toPhone = new ImpairedHandshake(faults.toPhone(), send);
    }

    /** Null without a key. */
    @Nullable
    SrtpContext inbound() {
        return inbound;
    }

    @Nullable
    SrtpContext outbound() {
        return outbound;
    }

    /** Takes an agreement's keys. Unchanged ones keep their counters. */
    void agree(@Nullable MediaAgreement before, MediaAgreement now) {
        Keying.Dtls dtls = now.dtls();
        if (dtls == null) {
            end();
            inbound = context(inbound, before == null ? null : before.remote(), now.remote());
            outbound = context(outbound, before == null ? null : before.local(), now.local());
        } else if (before == null || !dtls.equals(before.dtls())) {
            end();
            begin(dtls);
            if (dtls.resets() > 0) {
                forgetKeysUnless(dtls);
            }
        }
        agreed = dtls;
    }

    /** Reads a handshake's datagram. @return whether there is a handshake */
    boolean handshake(ByteBuffer packet, InetSocketAddress from) {
        if (handshake == null) {
            return false;
        }
        fromPhone.pass(packet, from);
        return true;
    }

    private void shake(ByteBuffer packet, InetSocketAddress from) {
        if (handshake != null) {
            handshake.received(packet);
        }
    }

    /** The SRTP session stays until a handshake supplies other keys, as in Asterisk. */
    private void forgetKeysUnless(Keying.Dtls dtls) {
        SrtpContext before = inbound;
        plane.loop().schedule(FORGOTTEN_KEYS, () -> {
            if (inbound == before && dtls.equals(agreed)) {
                inbound = null;
                outbound = null;
            }
        });
    }

    private void begin(Keying.Dtls dtls) {
        handshaking = true;
        fromPhone.begin();
        toPhone.begin();
        handshake = plane.handshakes()
                .begin(
                        dtls.role(),
                        dtls.own(),
                        dtls.theirs(),
                        dtls.suites(),
                        plane.loop(),
                        new DtlsHandshake.Listener() {
                            @Override
                            public void send(ByteBuffer datagram) {
                                InetSocketAddress to = remote.get();
                                if (to != null) {
                                    toPhone.pass(datagram, to);
                                }
                            }

                            @Override
                            public void established(DtlsKeys keys) {
                                inbound = new SrtpContext(keys.remote());
                                outbound = new SrtpContext(keys.local());
                                handshaking = false;
                                // Most stacks compute the keys on the reading thread, so they too
                                // read these packets afterwards.
                                for (Held next = held.poll(); next != null; next = held.poll()) {
                                    replay.pass(next.packet(), next.from());
                                }
                            }

                            @Override
                            public void failed(DtlsFailure reason) {
                                handshaking = false;
                                held.clear();
                                // The device reports it too, or hears nothing and hangs up. Or it
                                // was in the middle of the forgotten handshake.
                                if (dtls.resets() > 0 && reason == DtlsFailure.PROTOCOL) {
                                    beginAgain(dtls);
                                }
                            }
                        });
    }

    /** Starts a new handshake once the packets of the previous one have arrived. */
    private void beginAgain(Keying.Dtls dtls) {
        DtlsHandshake failed = handshake;
        plane.loop().schedule(STRAY_FLIGHTS, () -> {
            if (handshake == failed) {
                begin(dtls);
            }
        });
    }

    /** Ends a handshake that is under way. */
    void end() {
        DtlsHandshake running = handshake;
        handshaking = false;
        held.clear();
        if (running != null) {
            running.close();
            handshake = null;
        }
    }

    /** Keeps a packet that fits no key until the handshake is over. */
    void holdOrRefuse(ByteBuffer packet, InetSocketAddress from) {
        if (handshaking && held.size() < MOST_HELD) {
            byte[] copy = new byte[packet.remaining()];
            packet.duplicate().get(copy);
            held.add(new Held(ByteBuffer.wrap(copy), from));
        } else {
            plane.countRefused();
        }
    }

    private static @Nullable SrtpContext context(
            @Nullable SrtpContext current, @Nullable SrtpKeys before, @Nullable SrtpKeys now) {
        if (now == null) {
            return null;
        }
        return current != null && before != null && now.equals(before) ? current : new SrtpContext(now);
    }
}
