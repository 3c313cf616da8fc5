// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.time.Loop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The registered extensions, and how long registering took. Owned by the soak's loop. */
public final class Registrations {
    private final Loop loop;
    private final RunStatistics statistics;
    private final Map<String, Long> startedAt = new HashMap<>();
    private final Map<String, RegistrationState> states = new HashMap<>();
    private final Map<String, Failure> refusals = new HashMap<>();
    private int failures;
    private boolean anybody;

    public Registrations(Loop loop, RunStatistics statistics) {
        this.loop = loop;
        this.statistics = statistics;
    }

    public void started(Account account) {
        startedAt.put(account.id(), loop.nanoTime());
        states.putIfAbsent(account.id(), RegistrationState.REGISTERING);
    }

    public void changed(Account account, RegistrationSnapshot after) {
        states.put(account.id(), after.state());
        anybody |= after.state() == RegistrationState.REGISTERED;
        Long started = startedAt.get(account.id());
        if (after.state() == RegistrationState.REGISTERED && started != null) {
            startedAt.remove(account.id());
            statistics.registered(Duration.ofNanos(loop.nanoTime() - started));
        }
        Failure failure = after.failure();
        if (failure != null) {
            failures++;
            refusals.put(account.id(), failure);
            statistics.registrationFailed(failure.code());
        }
    }

    public boolean isRegistered(Account account) {
        return states.get(account.id()) == RegistrationState.REGISTERED;
    }

    public int count(RegistrationState state) {
        return (int) states.values().stream().filter(state::equals).count();
    }

    /** Whether any extension is or was registered. */
    public boolean anybody() {
        return anybody;
    }

    /** Whether all attempts have failed and no user was ever registered. */
    public boolean nobodyIsLeft() {
        return !anybody && !states.isEmpty() && refusals.keySet().containsAll(states.keySet());
    }

    /** Returns the last failure of each extension that has one. */
    public List<Failure> refusals() {
        return List.copyOf(refusals.values());
    }

    /** Returns the number of lost registrations and failed attempts so far. */
    public int failures() {
        return failures;
    }

    /**
     * Whether there is nothing to wait for: each extension is registered, or will not be without
     * help.
     */
    public boolean settled() {
        return states.values().stream()
                .allMatch(state -> state == RegistrationState.REGISTERED || state == RegistrationState.FAILED);
    }
}
