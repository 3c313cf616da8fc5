// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.helpers;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.minidns.dnsmessage.DnsMessage;
import org.minidns.dnsmessage.Question;
import org.minidns.record.CNAME;
import org.minidns.record.Data;
import org.minidns.record.Record;
import org.minidns.record.SRV;
import org.minidns.record.UNKNOWN;

/** A name server on a real socket, with the zone that {@code ResolverContract} wants and some tricks. */
public final class FakeNameServer implements AutoCloseable {
    public final AtomicInteger queries = new AtomicInteger();
    public final AtomicInteger overTcp = new AtomicInteger();
    /** The ID of the last query over UDP. */
    public volatile int lastId;

    /** Where {@code _sip._udp.local.test} is served, on {@code localhost}. */
    public volatile int localPort;

    private final DatagramSocket udp;
    private final ServerSocket tcp;

    public FakeNameServer() throws IOException {
        tcp = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress());
        start(this::serveUdp);
        start(this::serveTcp);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) udp.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }

    private static void start(Runnable body) {
        var thread = new Thread(body, "name-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void serveUdp() {
        var packet = new DatagramPacket(new byte[4_096], 4_096);
        try {
            while (true) {
                udp.receive(packet);
                DnsMessage query = new DnsMessage(Arrays.copyOf(packet.getData(), packet.getLength()));
                lastId = query.id;
                queries.incrementAndGet();
                String name = query.getQuestion().name.toString();
                if (name.contains("spoofed")) {
                    send(
                            answer(query, List.of(record(name, new SRV(1, 1, 666, "evil.test"))))
                                    .setId(query.id ^ 1),
                            packet);
                    send(
                            answer(query, List.of(record(name, new SRV(1, 1, 666, "evil.test"))))
                                    .setQuestion(new Question("other.test", Record.TYPE.SRV, Record.CLASS.IN)),
                            packet);
                    udp.send(new DatagramPacket(new byte[] {1, 2, 3}, 3, packet.getSocketAddress()));
                }
                if (name.contains("large") || name.contains("drip")) {
                    send(answer(query).setTruncated(true), packet);
                } else {
                    send(zone(query), packet);
                }
            }
        } catch (IOException e) {
            // closed
            return;
        }
    }

    /** One byte after the other of an answer that has no end, until the other side has had enough. */
    private static void drip(Socket socket) {
        try (socket) {
            socket.setSoTimeout(200);
            socket.getOutputStream().write(new byte[] {(byte) 0xff, (byte) 0xff});
            while (true) {
                try {
                    if (socket.getInputStream().read() < 0) {
                        return;
                    }
                } catch (SocketTimeoutException e) {
                    socket.getOutputStream().write(0);
                }
            }
        } catch (IOException e) {
            // closed
            return;
        }
    }

    private void serveTcp() {
        try {
            while (true) {
                Socket accepted = tcp.accept();
                overTcp.incrementAndGet();
                var query = new DataInputStream(accepted.getInputStream());
                byte[] asked = new byte[query.readUnsignedShort()];
                query.readFully(asked);
                if (new DnsMessage(asked).getQuestion().name.toString().contains("drip")) {
                    start(() -> drip(accepted));
                    continue;
                }
                try (Socket socket = accepted) {
                    byte[] answer = zone(new DnsMessage(asked)).build().toArray();
                    var out = new DataOutputStream(socket.getOutputStream());
                    out.writeShort(answer.length);
                    out.write(answer);
                }
            }
        } catch (IOException e) {
            // closed
            return;
        }
    }

    private void send(DnsMessage.Builder answer, DatagramPacket to) throws IOException {
        byte[] bytes = answer.build().toArray();
        udp.send(new DatagramPacket(bytes, bytes.length, to.getSocketAddress()));
    }

    private DnsMessage.Builder zone(DnsMessage query) throws IOException {
        Question question = query.getQuestion();
        String name = question.name.ace.toLowerCase(Locale.ROOT);
        boolean srv = question.type == Record.TYPE.SRV;
        if (name.contains("broken")) {
            return answer(query).setResponseCode(DnsMessage.RESPONSE_CODE.SERVER_FAIL);
        }
        if (name.equals("_sip._udp.example.test")) {
            return srv
                    ? answer(
                            query,
                            List.of(
                                    record(name, new SRV(10, 60, 5060, "one.example.test")),
                                    record(name, new SRV(20, 0, 5062, "two.example.test")),
                                    record("unasked.test", new SRV(1, 1, 666, "evil.test"))))
                    : answer(query);
        }
        if (name.equals("_sip._udp.local.test") && srv) {
            return answer(query, List.of(record(name, new SRV(1, 1, localPort, "localhost"))));
        }
        if (name.equals("example.test")) {
            byte[] data = naptr(50, 50, "s", "SIPS+D2T", "", "_sips._tcp.example.test");
            var in = new DataInputStream(new ByteArrayInputStream(data));
            return answer(query, List.of(record(name, UNKNOWN.parse(in, data.length, Record.TYPE.NAPTR))));
        }
        if (name.equals("_sip._udp.alias.test")) {
            return answer(
                    query,
                    List.of(
                            record(name, new CNAME("_sip._udp.canonical.test")),
                            record("_sip._udp.canonical.test", new SRV(1, 2, 5070, "three.example.test"))));
        }
        if (name.contains("spoofed") || name.contains("large")) {
            return answer(query, List.of(record(name, new SRV(1, 1, 5060, "honest.test"))));
        }
        return answer(query).setResponseCode(DnsMessage.RESPONSE_CODE.NX_DOMAIN);
    }

    private static DnsMessage.Builder answer(DnsMessage query) {
        return answer(query, List.of());
    }

    private static DnsMessage.Builder answer(DnsMessage query, List<Record<? extends Data>> records) {
        return DnsMessage.builder()
                .setId(query.id)
                .setQrFlag(true)
                .setQuestion(query.getQuestion())
                .setAnswers(records);
    }

    private static <D extends Data> Record<D> record(String name, D data) {
        return new Record<>(name, data.getType(), Record.CLASS.IN, 60, data, false);
    }

    /** RFC 3403 §4.1. */
    public static byte[] naptr(
            int order, int preference, String flags, String service, String regexp, String replacement)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeShort(order);
        out.writeShort(preference);
        for (String text : List.of(flags, service, regexp)) {
            out.writeByte(text.length());
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        for (String label : replacement.split("\\.")) {
            out.writeByte(label.length());
            out.write(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.writeByte(0);
        return bytes.toByteArray();
    }
}
