// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import com.techpro.callclient.stack.log.Loggers;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.minidns.dnsmessage.DnsMessage;
import org.minidns.dnsmessage.Question;
import org.minidns.record.Record;

/**
 * A blocking stub resolver (RFC 1035): UDP first, TCP if the answer was truncated (RFC 7766). Every
 * query has a random id and source port. An answer counts only if it comes from the server asked
 * and repeats the question (RFC 5452). However slowly the name servers answer, a query ends within
 * eight seconds.
 */
final class DnsClient implements AutoCloseable {
    private static final int ATTEMPTS = 2;
    /** For one attempt over UDP. */
    private static final int TIMEOUT_MILLIS = 2_000;
    /** For one attempt over TCP: the connection, and the complete answer. */
    private static final int TCP_TIMEOUT_MILLIS = 4_000;
    /** For all attempts at all servers. */
    private static final int QUERY_MILLIS = 8_000;
    // Fits every path's packets (DNS flag day 2020).
    private static final int UDP_PAYLOAD = 1_232;

    private final Supplier<List<InetSocketAddress>> nameServers;
    private final SecureRandom random = new SecureRandom();
    private final Set<Closeable> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

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
        long end = deadline(QUERY_MILLIS);
        for (int attempt = 0; attempt < ATTEMPTS && !closed; attempt++) {
            for (InetSocketAddress server : servers) {
                try {
                    DnsMessage answer = ask(server, question, end);
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

    /** Closes the sockets of running queries, which then fail. */
    @Override
    public void close() {
        closed = true;
        sockets.forEach(DnsClient::close);
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            Loggers.NETWORK.debug("a socket to a name server did not close");
        }
    }

    private void opened(Closeable socket) throws SocketException {
        sockets.add(socket);
        if (closed) {
            throw new SocketException("closed");
        }
    }

    private void ended(Closeable socket) {
        sockets.remove(socket);
        close(socket);
    }

    private static long deadline(int millis) {
        return System.nanoTime() + millis * 1_000_000L;
    }

    /**
     * @return the milliseconds left until {@code end}, but at most this many
     */
    private static int millisUntil(long end, int most) throws SocketTimeoutException {
        long left = (end - System.nanoTime()) / 1_000_000L;
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(left, most);
    }

    private DnsMessage ask(InetSocketAddress server, Question question, long end) throws IOException {
        int id = random.nextInt(1 << 16);
        var builder = DnsMessage.builder().setId(id).setQuestion(question).setRecursionDesired(true);
        builder.getEdnsBuilder().setUdpPayloadSize(UDP_PAYLOAD);
        byte[] query = builder.build().toArray();
        DnsMessage answer = overUdp(server, query, id, question, end);
        return answer.truncated ? overTcp(server, query, id, question, end) : answer;
    }

    private DnsMessage overUdp(InetSocketAddress server, byte[] query, int id, Question question, long end)
            throws IOException {
        var socket = new DatagramSocket();
        try {
            opened(socket);
            // Connected, so that the kernel drops packets from others.
            socket.connect(server);
            socket.send(new DatagramPacket(query, query.length));
            var packet = new DatagramPacket(new byte[UDP_PAYLOAD], UDP_PAYLOAD);
            long attemptEnd = deadline(millisUntil(end, TIMEOUT_MILLIS));
            while (true) {
                socket.setSoTimeout(millisUntil(attemptEnd, TIMEOUT_MILLIS));
                socket.receive(packet);
                DnsMessage answer = parse(Arrays.copyOf(packet.getData(), packet.getLength()));
                if (answer != null && isAnswer(answer, id, question)) {
                    return answer;
                }
                packet.setLength(UDP_PAYLOAD);
            }
        } finally {
            ended(socket);
        }
    }

    private DnsMessage overTcp(InetSocketAddress server, byte[] query, int id, Question question, long end)
            throws IOException {
        var socket = new Socket();
        try {
            opened(socket);
            long attemptEnd = deadline(millisUntil(end, TCP_TIMEOUT_MILLIS));
            socket.connect(server, millisUntil(attemptEnd, TIMEOUT_MILLIS));
            var out = new DataOutputStream(socket.getOutputStream());
            byte[] framed = new byte[query.length + 2];
            framed[0] = (byte) (query.length >>> 8);
            framed[1] = (byte) query.length;
            System.arraycopy(query, 0, framed, 2, query.length);
            out.write(framed);
            byte[] length = read(socket, 2, attemptEnd);
            DnsMessage answer = parse(read(socket, ((length[0] & 0xff) << 8) | (length[1] & 0xff), attemptEnd));
            if (answer == null || !isAnswer(answer, id, question)) {
                throw new IOException("not the answer to this question");
            }
            return answer;
        } finally {
            ended(socket);
        }
    }

    /** A socket's time-out covers one read, and a server may send single bytes for ever. */
    private static byte[] read(Socket socket, int length, long end) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[length];
        int read = 0;
        while (read < length) {
            socket.setSoTimeout(millisUntil(end, TCP_TIMEOUT_MILLIS));
            int more = in.read(bytes, read, length - read);
            if (more < 0) {
                throw new EOFException();
            }
            read += more;
        }
        return bytes;
    }

    /**
     * Returns null if it is no DNS message: the parser throws all kinds of exceptions, and asserts
     * what a server says.
     */
    static @Nullable DnsMessage parse(byte[] bytes) {
        try {
            return new DnsMessage(bytes);
        } catch (IOException | RuntimeException | AssertionError e) {
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
