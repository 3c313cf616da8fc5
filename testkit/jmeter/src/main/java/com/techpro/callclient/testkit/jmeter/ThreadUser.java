// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.testkit.soak.run.LoadAccount;
import com.techpro.callclient.testkit.soak.run.LoadUser;
import com.techpro.callclient.testkit.soak.run.RunEnvironment;
import com.techpro.callclient.testkit.soak.run.StepFailedException;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user of one thread of JMeter's, whom all its samplers share. The users of all threads share one engine, which has a few threads of its own, however many there are. It
 * ends with the last of them.
 */
final class ThreadUser {
    private static final Duration REGISTERING_LIMIT = Duration.ofSeconds(40);
    private static final Duration UNREGISTERING_LIMIT = Duration.ofSeconds(10);

    private static final Map<Thread, ThreadUser> USERS = new HashMap<>();
    private static @Nullable Shared shared;

    private final Thread thread;
    private final LoadUser user;
    private final Map<Parameter, Registered> registered = new EnumMap<>(Parameter.class);
    private int samplers;

    private record Registered(String name, LoadAccount account) {}

    private record Shared(RunEnvironment environment, LoadUser user) {
        /** Starts what all users of a process share. */
        static Shared open(Settings settings) throws IOException {
            RunEnvironment environment = RunEnvironment.open();
            if (settings.warmsUp()) {
                WarmUp.once(environment, settings.clip(), settings.media());
            }
            return new Shared(environment, new LoadUser(environment, settings.clip(), settings.limits()));
        }

        void close() {
            user.close();
            environment.close();
        }
    }

    private ThreadUser(Thread thread, LoadUser user) {
        this.thread = thread;
        this.user = user;
    }

    /**
     * That of the current thread; {@link #leave} gives it back.
     *
     * @throws IOException if there is no such clip
     */
    static ThreadUser join(Settings settings) throws IOException {
        synchronized (USERS) {
            ThreadUser own = USERS.get(Thread.currentThread());
            if (own == null) {
                Shared all = shared == null ? Shared.open(settings) : shared;
                shared = all;
                own = new ThreadUser(Thread.currentThread(), all.user);
                USERS.put(own.thread, own);
            }
            own.samplers++;
            return own;
        }
    }

    /** The last sampler of a thread logs out; the last of all waits until everybody has. From any thread. */
    void leave() {
        Shared unused = null;
        synchronized (USERS) {
            samplers--;
            if (samplers > 0) {
                return;
            }
            USERS.remove(thread);
            if (USERS.isEmpty()) {
                unused = shared;
                shared = null;
            }
        }
        registered.values().forEach(role -> role.account.remove());
        if (unused != null) {
            unused.close();
        }
    }

    LoadUser user() {
        return user;
    }

    /** The registered account of the user of this sample. Whoever was it before is logged out. */
    LoadAccount account(Settings settings) throws IOException, StepFailedException {
        return registered(Parameter.USER, settings.account(), settings);
    }

    /** Likewise of the second user. */
    LoadAccount peer(Settings settings) throws IOException, StepFailedException {
        return registered(Parameter.PEER, settings.peerAccount(), settings);
    }

    private LoadAccount registered(Parameter role, SipAccount wanted, Settings settings) throws StepFailedException {
        String name = wanted.user() + '@' + wanted.domain();
        Registered before = registered.get(role);
        if (before != null && before.name.equals(name) && before.account.isRegistered()) {
            return before.account;
        }
        if (before != null) {
            registered.remove(role);
            before.account.unregister(UNREGISTERING_LIMIT);
        }
        LoadAccount account = register(wanted, settings);
        registered.put(role, new Registered(name, account));
        return account;
    }

    LoadAccount register(SipAccount account, Settings settings) throws StepFailedException {
        return user.register(account, settings.media(), REGISTERING_LIMIT);
    }

    /** Hangs up whatever a sample has left. */
    void hangUpAll() {
        registered.values().forEach(role -> role.account.hangUpAll());
    }
}
