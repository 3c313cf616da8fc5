// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.failure.HostCallbackException;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.FavoritesSnapshot;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.contracts.FakePhoneSystem;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A phone of a swarm: an engine that can be closed, killed and started again on what its disk has. */
final class SwarmPhone implements CallClientListener {
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    /** Until a call has sound, by ICE and DTLS too. */
    private static final Duration SOUND = Duration.ofSeconds(10);

    final int number;
    final SimulatedHost host;
    final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();
    final FakeNetworkMonitor monitor;
    final FakeAudio audio;
    final StoredFavourites favourites = new StoredFavourites();

    private final VirtualTime time;
    private final String extension;
    /** Another each time, as the engine wipes its password in the end. */
    private final Supplier<SipAccount> account;

    private final boolean login;
    private final Consumer<String> printed;
    private final Map<String, Call> handedOut = new LinkedHashMap<>();
    private final Map<String, Integer> endings = new LinkedHashMap<>();
    private final PendingStages stages;
    private final FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
    private SwarmStore store;
    private @Nullable CallClient client;
    private boolean listenerThrows;
    private @Nullable Duration silentSince;
    private @Nullable Duration deafSince;
    private @Nullable Duration talkingSince;
    private List<Integer> heard = List.of();
    private Duration started = Duration.ZERO;
    private int starts;

    /** @param printed receives each text that an app could log */
    SwarmPhone(
            int number,
            String extension,
            Supplier<SipAccount> account,
            boolean login,
            SimulatedHost host,
            VirtualTime time,
            double hertz,
            Consumer<String> printed) {
        this.number = number;
        this.extension = extension;
        this.account = account;
        this.login = login;
        this.host = host;
        this.time = time;
        this.printed = printed;
        this.stages = new PendingStages(time, printed);
        this.store = new SwarmStore(disk);
        this.monitor = new FakeNetworkMonitor(Runnable::run);
        this.audio = new FakeAudio(time.openLoop("audio " + number)).microphone(Sound.tone(hertz, 8_000));
        monitor.become(NetworkMonitor.Status.on("home"));
    }

    String extension() {
        return extension;
    }

    String address() {
        return host.addresses().get(0).getHostAddress();
    }

    @Nullable
    CallClient client() {
        return client;
    }

    SwarmStore store() {
        return store;
    }

    void listenerThrows(boolean throwing) {
        listenerThrows = throwing;
    }

    /** Starts the app, which restores its login or adds its account. */
    void start() {
        if (client != null) {
            return;
        }
        host.reopen();
        store = new SwarmStore(disk);
        started = time.elapsed();
        favourites.restarted();
        client = CallClient.create(CallClientConfig.builder()
                .lab(lab -> lab.schedulers(time).network(host).random(time.random("engine " + number + " " + starts++)))
                .platform(platform ->
                        platform.audio(audio).networkMonitor(monitor).store(store))
                .tones(CallTones.OFF)
                .keepTextMessages(100)
                .callbacks(Runnable::run)
                .listener(this)
                .failures(this::failed)
                .build());
        if (login) {
            stages.add("restore", client.restore(system()), DEADLINE);
        } else {
            logIn();
        }
    }

    /** Logs in, if nobody is. */
    void logIn() {
        if (client == null || !client.accounts().isEmpty()) {
            return;
        }
        if (login) {
            stages.add("login", client.login(system(), Login.of(extension, password())), DEADLINE);
        } else {
            client.addAccount(account.get());
        }
    }

    private FakePhoneSystem system() {
        return new FakePhoneSystem(account.get(), new FakeVoicemailBox(mailbox));
    }

    Secret password() {
        return Secret.of(SwarmWorld.PASSWORD + extension);
    }

    /** Kills the process: no packet and no write comes after it. */
    void die() {
        CallClient dying = client;
        if (dying != null) {
            store.die();
            host.close();
            close();
        }
    }

    /** Closes the app as a program that ends does. */
    void close() {
        CallClient closing = client;
        if (closing != null) {
            closing.close();
            client = null;
            time.advance(Duration.ofSeconds(1));
            ended();
        }
    }

    /** Hangs up, unregisters and closes. */
    void shutDown() {
        CallClient closing = client;
        if (closing != null) {
            var closed = closing.shutdown(Duration.ofSeconds(3)).toCompletableFuture();
            if (!time.holdsWithin(closed::isDone, Duration.ofSeconds(10))) {
                throw violation(Invariant.STAGES_COMPLETE, "shutdown is open");
            }
            client = null;
            ended();
        }
    }

    private void ended() {
        stages.check(true);
        for (Call call : handedOut.values()) {
            if (call.snapshot().state() != CallState.ENDED || call.snapshot().ending() == null) {
                throw violation(Invariant.CALLS_END_TYPED, call.snapshot() + " after closing");
            }
        }
        handedOut.clear();
        endings.clear();
        if (audio.openStreams() != 0) {
            throw violation(Invariant.NOTHING_LEAKS, audio.openStreams() + " audio streams are open");
        }
    }

    boolean isRegistered() {
        List<Account> accounts = client == null ? List.of() : client.accounts();
        return !accounts.isEmpty() && accounts.get(0).registration().state() == RegistrationState.REGISTERED;
    }

    /** Returns the calls that have not ended, and nothing while the app is closed. */
    List<Call> calls() {
        return client == null ? List.of() : client.calls();
    }

    /** Returns the calls in a state. */
    List<Call> calls(CallState state) {
        return calls().stream().filter(call -> call.snapshot().state() == state).toList();
    }

    void dialled(Call call) {
        handedOut.put(call.id(), call);
        stages.add("whenEstablished", call.whenEstablished(), null);
    }

    PendingStages stages() {
        return stages;
    }

    /** Adds a favourite, whose storing is checked once it had time to be written. */
    void addFavourite(CallClient app, String favourite) {
        stages.add("favorites.add", app.people().favorites().add(new Favorite(favourite, "swarm")), DEADLINE)
                .thenAccept(outcome -> {
                    if (outcome.isDone()) {
                        favourites.added(favourite, time.elapsed());
                    }
                });
    }

    private void checkStored(CallClient app) {
        if (!app.lock().isLocked() && !app.accounts().isEmpty()) {
            int lost = favourites.lost(
                    app.people().favorites().snapshot(), time.elapsed().minus(started), time.elapsed());
            if (lost > 0) {
                throw violation(Invariant.STORED_IS_KEPT, lost + " favourites are lost");
            }
        }
    }

    @Override
    public void favoritesChanged(FavoritesSnapshot after) {
        heard(after);
    }

    /** Whether it has been silent for that long: no call of its sends. */
    boolean isSilent(Duration since) {
        return silentSince != null && time.elapsed().minus(since).compareTo(silentSince) >= 0;
    }

    /** Whether none of its calls has sound for that long. */
    boolean isDeaf(Duration since) {
        return isSilent(since)
                && deafSince != null
                && time.elapsed().minus(since).compareTo(deafSince) >= 0;
    }

    /** Whether it is in one call, neither held nor muted, and was for some seconds. */
    boolean talksSince() {
        return calls().size() == 1
                && talkingSince != null
                && time.elapsed().minus(SOUND).compareTo(talkingSince) >= 0;
    }

    /** Takes what was heard at the last examination. */
    void hears(List<Integer> phones) {
        heard = phones;
    }

    List<Integer> heard() {
        return heard;
    }

    private @Nullable Duration since(boolean holds, @Nullable Duration before) {
        return !holds ? null : before == null ? time.elapsed() : before;
    }

    /** Checks what holds at all times. */
    void check() {
        stages.check(false);
        for (Call call : List.copyOf(handedOut.values())) {
            if (call.snapshot().state() == CallState.ENDED) {
                int told = endings.getOrDefault(call.id(), 0);
                if (call.snapshot().ending() == null || told > 1) {
                    throw violation(Invariant.CALLS_END_TYPED, call.snapshot() + " ended " + told + " times");
                }
                handedOut.remove(call.id());
            }
        }
        if (client != null) {
            checkStored(client);
        }
        List<CallSnapshot> calls =
                calls(CallState.ESTABLISHED).stream().map(Call::snapshot).toList();
        boolean sends = calls.stream().anyMatch(SwarmPhone::sends);
        silentSince = since(!sends, silentSince);
        talkingSince = since(sends, talkingSince);
        // Early media sounds before a call is established.
        deafSince = since(
                calls().stream()
                        .noneMatch(call -> call.snapshot().state() != CallState.INCOMING
                                && call.snapshot().hold() == HoldState.NONE),
                deafSince);
    }

    boolean merges() {
        return calls().stream().anyMatch(call -> call.snapshot().mergedWith() != null);
    }

    static boolean sends(CallSnapshot call) {
        return call.state() == CallState.ESTABLISHED && call.hold() == HoldState.NONE && !call.muted();
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        handedOut.put(call.id(), call);
        stages.add("whenEstablished", call.whenEstablished(), null);
        heard(snapshot);
    }

    @Override
    public void callChanged(Call call, CallEvent event) {
        handedOut.putIfAbsent(call.id(), call);
        if (event instanceof CallEvent.Ended) {
            endings.merge(call.id(), 1, Integer::sum);
        }
        heard(event);
    }

    @Override
    public void registrationChanged(Account of, RegistrationSnapshot after) {
        heard(after);
    }

    @Override
    public void messageReceived(Account of, TextMessage message) {
        heard(message);
    }

    private void heard(Object event) {
        printed.accept(event.toString());
        if (listenerThrows) {
            throw new IllegalArgumentException("the host's listener fails");
        }
    }

    void failed(Thread thread, Throwable failure) {
        if (!(failure instanceof HostCallbackException)) {
            Invariant.Violation violation =
                    violation(Invariant.NO_FAILURE, "a task of " + extension + " failed: " + failure);
            violation.initCause(failure);
            throw violation;
        }
    }

    Invariant.Violation violation(Invariant invariant, String seen) {
        return new Invariant.Violation(invariant, time.elapsed(), "phone " + number + ": " + seen);
    }
}
