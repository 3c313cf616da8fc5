// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All packets sent on a {@link SimulatedNetwork}, in order. */
public final class PacketTrace {
    private final List<Packet> packets = new ArrayList<>();
    private boolean recording = true;

    PacketTrace() {}

    /** The kind of packet. */
    public enum Kind {
        DATAGRAM,
        CONNECT,
        ACCEPT,
        DATA,
        END,
        RESET
    }

    /** What happened to it. */
    public enum Fate {
        PASSED,
        LOST,
        DUPLICATED,
        REORDERED,
        QUEUE_FULL,
        PARTITIONED,
        /** There is no such host, or its NAT blocked the packet. */
        NOBODY
    }

    /** One packet. */
    public static final class Packet {
        private final Duration at;
        private final Kind kind;
        private final Fate fate;
        private final InetSocketAddress from;
        private final InetSocketAddress to;
        private final byte[] payload;

        Packet(Duration at, Kind kind, Fate fate, InetSocketAddress from, InetSocketAddress to, byte[] payload) {
            this.at = at;
            this.kind = kind;
            this.fate = fate;
            this.from = from;
            this.to = to;
            this.payload = payload;
        }

        /** Returns when it was sent, in virtual time since the beginning. */
        public Duration at() {
            return at;
        }

        public Kind kind() {
            return kind;
        }

        public Fate fate() {
            return fate;
        }

        /** Returns the sender as the receiver sees it, after address translation. */
        public InetSocketAddress from() {
            return from;
        }

        public InetSocketAddress to() {
            return to;
        }

        /** Returns a copy of its payload. */
        public byte[] payload() {
            return payload.clone();
        }

        @Override
        public String toString() {
            return at + " " + kind + " " + fate + " " + from + " > " + to + ", " + payload.length + " bytes";
        }
    }

    /** Returns all packets so far. */
    public List<Packet> packets() {
        return List.copyOf(packets);
    }

    /** Returns the whole trace in one array; two runs with the same seed give the same bytes. */
    public byte[] toBytes() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (Packet packet : packets) {
                out.writeLong(packet.at.toNanos());
                out.writeUTF(packet.kind.name());
                out.writeUTF(packet.fate.name());
                write(out, packet.from);
                write(out, packet.to);
                out.writeInt(packet.payload.length);
                out.write(packet.payload);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Forgets the recorded packets. */
    public void clear() {
        packets.clear();
    }

    /** Turns recording on or off; long runs turn it off to save memory. */
    public void recording(boolean on) {
        recording = on;
    }

    void add(Packet packet) {
        if (recording) {
            packets.add(packet);
        }
    }

    private static void write(DataOutputStream out, InetSocketAddress address) throws IOException {
        byte[] raw = address.isUnresolved() ? new byte[0] : address.getAddress().getAddress();
        out.writeByte(raw.length);
        out.write(raw);
        out.writeShort(address.getPort());
    }
}
