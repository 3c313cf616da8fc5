// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.stack.log.Loggers;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Resolves addresses with the operating system, including its hosts file and caches. It asks the
 * name servers directly for SRV and NAPTR, which the JDK does not support. Look-ups run on threads
 * of their own, {@code callclient-dns-…}, so that slow name servers delay nothing else.
 * {@value #MOST} run at a time and {@value #MOST_WAITING} more wait; any beyond that fail at once.
 */
public final class JdkResolver implements Resolver, AutoCloseable {
    static final int MOST = 32;
    static final int MOST_WAITING = 256;

    private final Executor workers;
    private final ThreadPoolExecutor threads;
    private final DnsClient client;

    /**
     * Uses the name servers of {@code /etc/resolv.conf}, read anew for each look-up because
     * networks change.
     */
    public JdkResolver(Executor workers) {
        this(workers, NameServers::ofThisSystem);
    }

    /** Uses these name servers, in order. */
    public JdkResolver(Executor workers, List<InetSocketAddress> nameServers) {
        this(workers, () -> nameServers);
    }

    /**
     * Uses the supplied name servers.
     *
     * @param workers report look-ups that are refused for lack of room
     * @param nameServers asked anew for each look-up, because networks change; may block
     */
    public JdkResolver(Executor workers, Supplier<List<InetSocketAddress>> nameServers) {
        this.workers = workers;
        this.threads = JdkSchedulers.pool(
                "dns", MOST, new ArrayBlockingQueue<>(MOST_WAITING), new ThreadPoolExecutor.AbortPolicy());
        this.client = new DnsClient(nameServers);
    }

    @Override
    public void resolve(String name, RecordType type, Consumer<DnsAnswer> answer) {
        try {
            threads.execute(() -> answer.accept(lookUp(name, type)));
        } catch (RejectedExecutionException e) {
            workers.execute(() -> answer.accept(new DnsAnswer.Failed("too many look-ups")));
        }
    }

    /** Waiting look-ups are not answered any more; those at a name server fail. */
    @Override
    public void close() {
        threads.shutdownNow();
        client.close();
    }

    private DnsAnswer lookUp(String name, RecordType type) {
        try {
            boolean address = type == RecordType.ADDRESS;
            if (address && HostNames.isLiteral(name)) {
                return addresses(name);
            }
            if (!HostNames.isName(name)) {
                return new DnsAnswer.Failed("malformed name");
            }
            return address ? addresses(name) : client.query(name, type);
        } catch (RuntimeException | Error e) {
            Loggers.NETWORK.warn("a lookup failed: {}", e.getClass().getName());
            return new DnsAnswer.Failed("internal error");
        }
    }

    private static DnsAnswer addresses(String name) {
        try {
            List<DnsRecord> records = new ArrayList<>();
            for (InetAddress address : InetAddress.getAllByName(name)) {
                records.add(new DnsRecord.Address(address));
            }
            return new DnsAnswer.Records(records);
        } catch (UnknownHostException e) {
            // The JDK has one exception for "no such name" and "could not find out"; the C
            // library's text distinguishes them.
            String message = String.valueOf(e.getMessage());
            return message.contains("emporary failure")
                    ? new DnsAnswer.Failed("the system's resolver got no answer")
                    : new DnsAnswer.Records(List.of());
        }
    }
}
