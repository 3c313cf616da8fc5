// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.DestinationRefusedException;
import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.time.Timer;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.SocketFactory;

/**
 * Real sockets on this machine for a login, with its own DNS zone. It allows only permitted hosts,
 * and records what was sent, looked up and refused.
 */
public final class FakeLoginContext implements LoginContext {
    private static final Executor WORKERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "login-context");
        thread.setDaemon(true);
        return thread;
    });

    private final Policy policy;
    private final Map<String, List<DnsRecord>> zone = new HashMap<>();
    private final Set<String> broken = new HashSet<>();
    private final Set<String> allowed = new HashSet<>();
    private final List<String> lookedUp = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private Instant frozen = Instant.MAX;

    public FakeLoginContext() {
        this(Policy.OPEN);
    }

    /** @param policy of the host app */
    public FakeLoginContext(Policy policy) {
        this.policy = policy;
    }

    /** Adds a record for a name or service. */
    public FakeLoginContext with(String name, DnsRecord record) {
        zone.computeIfAbsent(name.toLowerCase(Locale.ROOT), added -> new ArrayList<>())
                .add(record);
        return this;
    }

    /** Adds this machine's address for a name. */
    public FakeLoginContext local(String name) {
        return with(name, new DnsRecord.Address(InetAddress.getLoopbackAddress()));
    }

    /** Makes the look-up of a name fail. */
    public FakeLoginContext withBroken(String name) {
        broken.add(name.toLowerCase(Locale.ROOT));
        return this;
    }

    /** Stops the clock at this time. */
    public FakeLoginContext at(Instant now) {
        frozen = now;
        return this;
    }

    /** Returns every byte sent over all connections, as on the wire. */
    public byte[] sent() {
        synchronized (sent) {
            return sent.toByteArray();
        }
    }

    /** Returns how many connections were ever opened. */
    public int opened() {
        return opened.get();
    }

    /** Returns how many connections are open. */
    public int open() {
        return open.get();
    }

    /** Returns the names and services that were looked up. */
    public List<String> lookedUp() {
        return List.copyOf(lookedUp);
    }

    /** Returns the hosts that were looked up or connected to without permission. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    /** Returns the permitted hosts. */
    public Set<String> allowed() {
        synchronized (allowed) {
            return new HashSet<>(allowed);
        }
    }

    @Override
    public SocketFactory sockets() {
        return new Sockets();
    }

    @Override
    public Resolver resolver() {
        return this::resolve;
    }

    @Override
    public boolean allow(List<HostPort> hosts) {
        boolean all = true;
        synchronized (allowed) {
            for (HostPort host : hosts) {
                if (policy.allowsHost(host.host())) {
                    allowed.add(host.host());
                } else {
                    all = false;
                }
            }
        }
        return all;
    }

    @Override
    public String userAgent() {
        return "contract/1.0";
    }

    @Override
    public Instant now() {
        return frozen.equals(Instant.MAX) ? Instant.now() : frozen;
    }

    @Override
    public Timer later(Duration delay, Runnable task) {
        AtomicBoolean taken = new AtomicBoolean();
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, WORKERS)
                .execute(() -> {
                    if (taken.compareAndSet(false, true)) {
                        task.run();
                    }
                });
        return () -> taken.compareAndSet(false, true);
    }

    private void resolve(String name, Resolver.RecordType type, Consumer<DnsAnswer> answer) {
        String lower = name.toLowerCase(Locale.ROOT);
        String host = lower.replaceFirst("^(_[^.]+\\.)+", "");
        lookedUp.add(lower);
        boolean permitted;
        synchronized (allowed) {
            permitted = allowed.contains(host);
        }
        DnsAnswer result;
        if (!permitted) {
            refused.add(lower);
            result = new DnsAnswer.Refused();
        } else if (broken.contains(lower)) {
            result = new DnsAnswer.Failed("broken");
        } else {
            List<DnsRecord> records = new ArrayList<>();
            for (DnsRecord record : zone.getOrDefault(lower, List.of())) {
                if (record instanceof DnsRecord.Srv == (type == Resolver.RecordType.SRV)) {
                    records.add(record);
                }
            }
            result = new DnsAnswer.Records(records);
        }
        ForkJoinPool.commonPool().execute(() -> answer.accept(result));
    }

    private boolean permits(SocketAddress to) {
        if (!(to instanceof InetSocketAddress address) || address.getAddress() == null) {
            return false;
        }
        synchronized (allowed) {
            for (String host : allowed) {
                for (DnsRecord record : zone.getOrDefault(host, List.of())) {
                    if (record instanceof DnsRecord.Address known
                            && known.address().equals(address.getAddress())) {
                        return true;
                    }
                }
            }
            return allowed.contains(address.getAddress().getHostAddress());
        }
    }

    private final class Sockets extends SocketFactory {
        @Override
        public Socket createSocket() {
            return new Tapped();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw new DestinationRefusedException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            throw new DestinationRefusedException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            Socket socket = new Tapped();
            socket.connect(new InetSocketAddress(host, port));
            return socket;
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return createSocket(host, port);
        }
    }

    private final class Tapped extends Socket {
        private boolean counted;

        @Override
        public void connect(SocketAddress to, int timeout) throws IOException {
            if (!permits(to)) {
                refused.add(String.valueOf(to));
                throw new DestinationRefusedException();
            }
            super.connect(to, timeout);
            synchronized (this) {
                counted = true;
            }
            opened.incrementAndGet();
            open.incrementAndGet();
        }

        @Override
        public void connect(SocketAddress to) throws IOException {
            connect(to, 0);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    synchronized (sent) {
                        sent.write(bytes, offset, length);
                    }
                    out.write(bytes, offset, length);
                }

                @Override
                public void write(int value) throws IOException {
                    synchronized (sent) {
                        sent.write(value);
                    }
                    out.write(value);
                }
            };
        }

        @Override
        public synchronized void close() throws IOException {
            if (counted) {
                counted = false;
                open.decrementAndGet();
            }
            super.close();
        }
    }
}
