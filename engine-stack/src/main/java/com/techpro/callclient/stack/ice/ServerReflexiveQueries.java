// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.stack.ice.stun.StunMessage;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The queries to STUN servers, from each socket. It has no clock. */
final class ServerReflexiveQueries {
    private final Random random;
    private final SilentStunServers silent;
    private final Sender sender;
    private final Consumer<IceCandidate> found;
    private final List<ServerReflexiveQuery> queries = new ArrayList<>();

    /**
     * @param found receives each candidate
     */
    ServerReflexiveQueries(Random random, SilentStunServers silent, Sender sender, Consumer<IceCandidate> found) {
        this.random = random;
        this.silent = silent;
        this.sender = sender;
        this.found = found;
    }

    interface Sender {
        void send(InetSocketAddress base, InetSocketAddress to, byte[] packet);
    }

    void ask(int component, InetSocketAddress base, InetSocketAddress server, int preference, long now) {
        ServerReflexiveQuery query = new ServerReflexiveQuery(component, base, server, preference, now, random);
        queries.add(query);
        sender.send(base, server, query.request());
    }

    /** Stops queries from this socket, and no longer keeps its NAT mapping. */
    void remove(InetSocketAddress base) {
        queries.removeIf(query -> query.base.equals(base));
    }

    void clear() {
        queries.clear();
    }

    boolean isAsking() {
        return queries.stream().anyMatch(ServerReflexiveQuery::isAsking);
    }

    /** Whether a server still has to answer that is not known as silent. */
    boolean isAwaited() {
        return queries.stream().anyMatch(query -> query.isAsking() && !silent.contains(query.base, query.server));
    }

    /** Nobody waits any longer. */
    void waitEnded() {
        queries.stream().filter(ServerReflexiveQuery::isAsking).forEach(query -> silent.add(query.base, query.server));
    }

    /** Processes the message if it is the answer of a server; returns whether it was. */
    boolean received(InetSocketAddress base, InetSocketAddress from, StunMessage message, long now) {
        for (ServerReflexiveQuery query : queries) {
            if (query.isAnswer(base, from, message)) {
                if (now - query.begun <= IceSession.STUN_LIMIT.toNanos()) {
                    silent.remove(query.base, query.server);
                }
                InetSocketAddress mapped = query.answered(message, now);
                if (mapped != null && !mapped.equals(base)) {
                    found.accept(IceCandidate.serverReflexive(
                            query.component, mapped, base, query.server, query.preference));
                }
                return true;
            }
        }
        return false;
    }

    void wake(long now) {
        for (ServerReflexiveQuery query : List.copyOf(queries)) {
            byte[] packet = query.due(now);
            if (packet != null) {
                sender.send(query.base, query.server, packet);
            }
        }
    }

    @Nullable
    Duration untilWake(long now) {
        Duration soonest = null;
        for (ServerReflexiveQuery query : queries) {
            Duration due = query.untilWake(now);
            if (due != null && (soonest == null || due.compareTo(soonest) < 0)) {
                soonest = due;
            }
        }
        return soonest;
    }
}
