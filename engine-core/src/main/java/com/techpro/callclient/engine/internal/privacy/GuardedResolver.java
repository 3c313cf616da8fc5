// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.ports.net.DnsAnswer;
import com.techpro.callclient.ports.net.Resolver;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Queries permitted names only, because a DNS query reveals which hosts the user talks to. */
final class GuardedResolver implements Resolver {
    private final Resolver resolver;
    private final PermittedDestinations permitted;
    private final Executor workers;

    GuardedResolver(Resolver resolver, PermittedDestinations permitted, Executor workers) {
        this.resolver = resolver;
        this.permitted = permitted;
        this.workers = workers;
    }

    @Override
    public void resolve(String name, RecordType type, Consumer<DnsAnswer> answer) {
        if (!permitted.permitsName(name)) {
            workers.execute(() -> answer.accept(new DnsAnswer.Refused()));
            return;
        }
        resolver.resolve(name, type, result -> {
            if (result instanceof DnsAnswer.Records records) {
                permitted.learn(name, records);
            }
            answer.accept(result);
        });
    }
}
