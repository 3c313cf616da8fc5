// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.jdk;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.minidns.dnsmessage.DnsMessage;
import org.minidns.dnsmessage.Question;
import org.minidns.record.Record;

/**
 * A stub resolver (RFC 1035) that blocks: UDP first, TCP when the answer was cut (RFC 7766). Every query has a random id and
 * leaves from a fresh port, and an answer counts only if it comes from the server asked and repeats the question (RFC 5452).
 */
final class DnsClient {
    private static final int ATTEMPTS = 2;
    private static final int TIMEOUT_MILLIS = 2_000;
    // What fits into any path's packets (DNS flag day 2020).
    private static final int UDP_PAYLOAD = 1_232;

    private final Supplier<List<InetSocketAddress>> nameServers;
    private final SecureRandom random = new SecureRandom();

    DnsClient(Supplier<List<InetSocketAddress>> nameServers) {
        this.nameServers = nameServers;
    }

    DnsAnswer query(String name, RecordType type) {
        Question question =
                new Question(name, type == RecordType.SRV ? Record.TYPE.SRV : Record.TYPE.NAPTR, Record.CLASS.IN);
        List<InetSocketAddress> all = nameServers.get();
        List<InetSocketAddress> servers = all.subList(0, Math.min(NameServers.MOST, all.size()));
        if (servers.isEmpty()) {
            return new DnsAnswer.Failed("no name server is known");
        }
        String trouble = "no answer";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            for (InetSocketAddress server : servers) {
                try {
                    DnsMessage answer = ask(server, question);
                    if (answer.responseCode == DnsMessage.RESPONSE_CODE.NO_ERROR
                            || answer.responseCode == DnsMessage.RESPONSE_CODE.NX_DOMAIN) {
                        return new DnsAnswer.Records(DnsRecords.of(answer, question));
                    }
                    trouble = "the name server answered " + answer.responseCode;
                } catch (SocketTimeoutException e) {
                    trouble = "no answer in time";
                } catch (IOException e) {
                    trouble = "no usable answer: " + e.getClass().getSimpleName();
                }
            }
        }
        return new DnsAnswer.Failed(trouble);
    }

    private DnsMessage ask(InetSocketAddress server, Question question) throws IOException {
        int id = random.nextInt(1 << 16);
        var builder = DnsMessage.builder().setId(id).setQuestion(question).setRecursionDesired(true);
        builder.getEdnsBuilder().setUdpPayloadSize(UDP_PAYLOAD);
        byte[] query = builder.build().toArray();
        DnsMessage answer = overUdp(server, query, id, question);
        return answer.truncated ? overTcp(server, query, id, question) : answer;
    }

    private static DnsMessage overUdp(InetSocketAddress server, byte[] query, int id, Question question)
            throws IOException {
        try (var socket = new DatagramSocket()) {
            // Connected, so that the kernel drops what others send.
            socket.connect(server);
            socket.send(new DatagramPacket(query, query.length));
            var packet = new DatagramPacket(new byte[UDP_PAYLOAD], UDP_PAYLOAD);
            long deadline = System.nanoTime() + TIMEOUT_MILLIS * 1_000_000L;
            while (true) {
                long left = (deadline - System.nanoTime()) / 1_000_000L;
                if (left <= 0) {
                    throw new SocketTimeoutException();
                }
                socket.setSoTimeout((int) left);
                socket.receive(packet);
                DnsMessage answer = parse(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (answer != null && isAnswer(answer, id, question)) {
                    return answer;
                }
                packet.setLength(UDP_PAYLOAD);
            }
        }
    }

    private static DnsMessage overTcp(InetSocketAddress server, byte[] query, int id, Question question)
            throws IOException {
        try (var socket = new Socket()) {
            socket.connect(server, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var out = new DataOutputStream(socket.getOutputStream());
            byte[] framed = new byte[query.length + 2];
            framed[0] = (byte) (query.length >>> 8);
            framed[1] = (byte) query.length;
            System.arraycopy(query, 0, framed, 2, query.length);
            out.write(framed);
            var in = new DataInputStream(socket.getInputStream());
            byte[] bytes = new byte[in.readUnsignedShort()];
            in.readFully(bytes);
            DnsMessage answer = parse(bytes);
            if (answer == null || !isAnswer(answer, id, question)) {
                throw new IOException("not the answer to this question");
            }
            return answer;
        }
    }

    /** Null if it is no DNS message: the parser throws whatever comes to it. */
    private static @Nullable DnsMessage parse(byte[] bytes) {
        try {
            return new DnsMessage(bytes);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private static boolean isAnswer(DnsMessage answer, int id, Question question) {
        return answer.qr
                && answer.id == id
                && answer.questions.size() == 1
                && answer.questions.get(0).type == question.type
                && answer.questions.get(0).clazz == question.clazz
                && answer.questions.get(0).name.equals(question.name);
    }
}
