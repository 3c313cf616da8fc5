// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.diagnostics.AccountStatus;
import com.techpro.callclient.engine.diagnostics.DiagnosticsReport;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.diagnostics.SignallingLoad;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.ports.trace.SipTrace;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.transport.MessageTap;
import com.techpro.callclient.stack.sip.transport.ReceiveLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * All passive diagnostics: the trace, the log and the report. Belongs to the loop, except where
 * noted.
 */
public final class Diagnostics {
    private final EngineLoop loop;
    private final String userAgent;
    private final Instant started;
    private final @Nullable SipTraceQueue trace;
    private final MessageTap tap;
    private final RecentEvents recent;
    private final RefusedRequests refusedRequests;
    private boolean connected = true;

    /**
     * Callable from any thread.
     *
     * @param callbacks runs the trace's listener
     */
    public Diagnostics(
            CallClientConfig config, EngineLoop loop, Executor callbacks, Thread.UncaughtExceptionHandler failures) {
        this.loop = loop;
        this.userAgent = config.userAgent();
        this.started = loop.now();
        SipTrace host = config.sipTrace();
        this.trace = host == null
                ? null
                : new SipTraceQueue(
                        host,
                        config.lab().traceRaw(),
                        callbacks,
                        failures,
                        loop::now,
                        config.lab().random());
        this.tap = new LoggedMessages(trace == null ? MessageTap.NONE : trace);
        this.recent = new RecentEvents(loop::now, config.lab().traceCalls());
        this.refusedRequests = new RefusedRequests(loop::now, loop::nanoTime);
    }

    /** Callable from any thread. */
    public MessageTap tap() {
        return tap;
    }

    /** Callable from any thread. */
    public RecentEvents recent() {
        return recent;
    }

    /**
     * The engine refused a request by itself.
     *
     * @param status of its answer, or 0
     * @return what to tell the host; null if it is only counted
     */
    public @Nullable RefusedRequest refused(RefusalReason reason, String method, int status) {
        loop.assertOnLoop();
        return refusedRequests.refused(reason, method, status);
    }

    public void networkChanged(boolean nowConnected, boolean another) {
        if (connected != nowConnected || another) {
            connected = nowConnected;
            Loggers.NETWORK.info("the network is {}", !nowConnected ? "gone" : another ? "another one" : "back");
            recent.networkChanged(nowConnected, another);
        }
    }

    /** A login, or its restoration, ended with this result. */
    public void loginEnded(LoginResult result) {
        String code = result.code();
        if (result instanceof LoginResult.LoggedIn || result instanceof LoginResult.NothingStored) {
            Loggers.LOGIN.info("login: {}", code);
        } else {
            Loggers.LOGIN.warn("login: {}", code);
            recent.failed("login", "", code);
        }
    }

    /** Returns how many messages were dropped because the host's trace was too slow. */
    public long traceOverflow() {
        return trace == null ? 0 : trace.dropped();
    }

    /** Returns the counts of refused requests, by {@link RefusalReason#code}. */
    public Map<String, Long> refusals() {
        return refusedRequests.counts();
    }

    /**
     * @param accounts those not removed
     */
    public DiagnosticsReport report(Collection<AccountSession> accounts, ReceiveLoad load, ClientCounters counters) {
        List<AccountStatus> statuses = new ArrayList<>();
        for (AccountSession accountSession : accounts) {
            RegistrationSnapshot registration = accountSession.registration().snapshot();
            Failure failure = registration.failure();
            statuses.add(new AccountStatus(
                    accountSession.id(),
                    accountSession.account().transport(),
                    registration.state(),
                    failure == null ? null : failure.code(),
                    registration.weakenedSecurity()));
        }
        return new DiagnosticsReport(
                loop.now(),
                started,
                userAgent,
                statuses,
                recent.registrations.list(),
                recent.calls.list(),
                recent.failures.list(),
                refusedRequests.last().list(),
                recent.networkChanges.list(),
                recent.callInputs(),
                new SignallingLoad(load.overloaded(), load.waiting(), load.queueDelay(), load.longestQueueDelay()),
                counters);
    }
}
