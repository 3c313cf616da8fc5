// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.Resolver;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Asks for permitted names only: a question to a name server tells it, too, whom the user talks to. */
final class GuardedResolver implements Resolver {
    private final Resolver resolver;
    private final EgressGuard guard;
    private final Executor workers;

    GuardedResolver(Resolver resolver, EgressGuard guard, Executor workers) {
        this.resolver = resolver;
        this.guard = guard;
        this.workers = workers;
    }

    @Override
    public void resolve(String name, RecordType type, Consumer<DnsAnswer> answer) {
        if (!guard.permitsName(name)) {
            workers.execute(() -> answer.accept(new DnsAnswer.Refused()));
            return;
        }
        resolver.resolve(name, type, result -> {
            if (result instanceof DnsAnswer.Records records) {
                guard.learn(name, records);
            }
            answer.accept(result);
        });
    }
}
