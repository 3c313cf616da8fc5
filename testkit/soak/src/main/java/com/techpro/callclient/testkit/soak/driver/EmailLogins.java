// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import com.techpro.callclient.engine.internal.account.login.GuardedContext;
import com.techpro.callclient.engine.internal.privacy.EgressGrant;
import com.techpro.callclient.engine.internal.privacy.EgressGuard;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.soak.settings.AppLogin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs many users in by e-mail and password for one engine with all their accounts. Each login goes
 * over HTTPS through an egress guard, as in an app. Closing logs them out, which wipes the received
 * passwords.
 */
public final class EmailLogins implements AutoCloseable {
    public static final String USER_AGENT = "CallClient soak";

    private final EngineLoop loop;
    private final Executor workers;
    private final EgressGuard guard = new EgressGuard();
    private final Resolver resolver;
    private final List<Attempt> attempts = new ArrayList<>();

    public EmailLogins(Loop loop, Network network, Executor workers) {
        this.loop = new EngineLoop(loop);
        this.workers = workers;
        this.resolver = guard.over(network, workers).resolver();
    }

    /**
     * Logs them in, as many at the same time as there are workers.
     *
     * @param unless checked before each login; if true, no more are made
     * @return the attempted ones
     */
    public List<Attempt> logIn(List<AppLogin> logins, BooleanSupplier unless) {
        List<CompletableFuture<@Nullable Attempt>> begun = new ArrayList<>();
        for (int i = 0; i < logins.size(); i++) {
            int index = i;
            begun.add(CompletableFuture.supplyAsync(
                    () -> unless.getAsBoolean() ? null : attempt(index, logins.get(index)), workers));
        }
        List<Attempt> made = new ArrayList<>();
        for (CompletableFuture<@Nullable Attempt> one : begun) {
            Attempt attempt = one.join();
            if (attempt != null) {
                made.add(attempt);
            }
        }
        attempts.addAll(made);
        return made;
    }

    private Attempt attempt(int index, AppLogin login) {
        EgressGrant grant = guard.newGrant(Policy.OPEN);
        long began = loop.nanoTime();
        LoginOutcome outcome;
        try {
            outcome = login.system()
                    .logIn(
                            login.login(),
                            new GuardedContext(grant, guard.sockets(), resolver, USER_AGENT, loop, workers));
        } catch (RuntimeException e) {
            // A phone system that breaks its contract (PSY-4) gets the same outcome from the
            // engine.
            outcome = new LoginOutcome.Refused(LoginOutcome.Reason.SERVER_FAILED);
        }
        return new Attempt(index, outcome, Duration.ofNanos(loop.nanoTime() - began), grant);
    }

    @Override
    public void close() {
        attempts.forEach(Attempt::end);
        attempts.clear();
    }

    /** The login of one user. */
    public record Attempt(int index, LoginOutcome outcome, Duration took, EgressGrant grant) {
        /** Null if the phone system refused. */
        @Nullable
        public Session session() {
            return outcome instanceof LoginOutcome.LoggedIn loggedIn ? loggedIn.session() : null;
        }

        /** Returns why there is no session, or null. */
        @Nullable
        public String refusal() {
            return outcome instanceof LoginOutcome.Refused refused
                    ? refused.reason().name().toLowerCase(Locale.ROOT).replace('_', '-')
                    : null;
        }

        private void end() {
            Session session = session();
            if (session != null) {
                session.logOut();
            }
            grant.close();
        }

        @Override
        public String toString() {
            return "Attempt[#" + index + "]";
        }
    }
}
