// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AudioRoutes;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.IncomingCalls;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.LogoutResult;
import com.techpro.callclient.engine.Updates;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.WakeReason;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallForwarding;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.diagnostics.DiagnosticsReport;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.people.Directory;
import com.techpro.callclient.engine.people.Favorites;
import com.techpro.callclient.engine.people.History;
import com.techpro.callclient.engine.people.People;
import com.techpro.callclient.engine.presence.DoNotDisturb;
import com.techpro.callclient.engine.privacy.DataExport;
import com.techpro.callclient.engine.privacy.ErasureOutcome;
import com.techpro.callclient.engine.privacy.Privacy;
import com.techpro.callclient.engine.privacy.TrimmedStorage;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The host's handle of a client. Usable from any thread. */
public final class ClientHandle implements CallClient {
    private final Engine engine;
    private final Gate gate;
    private final AppLock lock;
    private final People people;
    private final TextMessages textMessages;
    private final Voicemail voicemail;
    private final Conferences conferences;
    private final IncomingCalls incomingCalls;
    private final Privacy privacy;

    private ClientHandle(Engine engine) {
        ClientContext client = engine.client;
        UserSession user = engine.userSession;
        this.engine = engine;
        this.gate = engine.gate;
        this.lock = new AppLockHandle(user.lock(), gate);
        this.people = new PeopleHandle(
                new DirectoryHandle(client, user.people().index(), gate),
                new FavoritesHandle(
                        client,
                        user.people().favorites(),
                        user.people().favoriteLamps(),
                        engine.lamps,
                        engine.registry,
                        gate),
                new HistoryHandle(client, user.people().history(), gate));
        this.textMessages = new TextMessagesHandle(client, user.texts(), gate);
        this.voicemail = new VoicemailHandle(client, user.voicemail(), gate);
        this.incomingCalls = new IncomingCallsHandle(
                user.incomingCallSettings().doNotDisturb(gate),
                user.incomingCallSettings().forwarding(gate));
        this.privacy = new PrivacyHandle(engine.rights, user, gate);
        this.conferences = new ConferencesHandle(user.conferences(), gate);
    }

    /** Implements {@link CallClient#create}. */
    public static CallClient create(CallClientConfig config) {
        Objects.requireNonNull(config, "config");
        return new ClientHandle(new Engine(config));
    }

    @Override
    public Account addAccount(SipAccount account) {
        Objects.requireNonNull(account, "account");
        return engine.accounts.add(account);
    }

    @Override
    public CompletionStage<LoginResult> login(PhoneSystem system, Login login) {
        Objects.requireNonNull(system, "system");
        Objects.requireNonNull(login, "login");
        gate.requireOpen();
        return engine.logins.login(system, login);
    }

    @Override
    public CompletionStage<LoginResult> restore(PhoneSystem... systems) {
        Objects.requireNonNull(systems, "systems");
        gate.requireOpen();
        return engine.logins.restore(List.of(systems));
    }

    @Override
    public @Nullable Profile profile() {
        Logins.Current user = engine.logins.current();
        return user == null ? null : user.session().profile();
    }

    @Override
    public CompletionStage<LogoutResult> logout(LogoutOptions options) {
        Objects.requireNonNull(options, "options");
        gate.requireOpen();
        return engine.logins.logout(options);
    }

    @Override
    public void addListener(CallClientListener listener) {
        Objects.requireNonNull(listener, "listener");
        gate.requireOpen();
        engine.client.listeners().add(listener, engine.state::ofClient);
    }

    @Override
    public void removeListener(CallClientListener listener) {
        Objects.requireNonNull(listener, "listener");
        engine.client.listeners().remove(listener);
    }

    @Override
    public List<Account> accounts() {
        return engine.registry.accounts();
    }

    @Override
    public List<Call> calls() {
        return engine.registry.open(null);
    }

    @Override
    public AppLock lock() {
        return lock;
    }

    @Override
    public People people() {
        return people;
    }

    @Override
    public TextMessages textMessages() {
        return textMessages;
    }

    @Override
    public Voicemail voicemail() {
        return voicemail;
    }

    @Override
    public IncomingCalls incomingCalls() {
        return incomingCalls;
    }

    @Override
    public Conferences conferences() {
        return conferences;
    }

    @Override
    public CompletionStage<WakeOutcome> wake(WakeReason reason, Duration budget) {
        Objects.requireNonNull(budget, "budget");
        Objects.requireNonNull(reason, "reason");
        if (budget.isNegative() || budget.isZero() || budget.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("a budget is more than nothing and at most ten minutes");
        }
        if (gate.isClosed()) {
            return CompletableFuture.completedFuture(new WakeOutcome(WakeOutcome.Result.CLOSED, null));
        }
        return engine.platformPorts.wakes().wake(reason, budget);
    }

    @Override
    public AudioRoutes audioRoutes() {
        return engine.platformPorts.routes();
    }

    @Override
    public void routeAudio(AudioRoute wanted) {
        Objects.requireNonNull(wanted, "wanted");
        gate.requireOpen();
        engine.platformPorts.route(wanted);
    }

    @Override
    public Updates updates() {
        return engine.updates;
    }

    @Override
    public Privacy privacy() {
        return privacy;
    }

    @Override
    public CompletionStage<ClientCounters> counters() {
        return engine.counters.ask(counters -> counters);
    }

    @Override
    public CompletionStage<DiagnosticsReport> diagnostics() {
        return engine.counters.ask(
                counters -> engine.diagnostics.report(engine.registry.accountSessions(), engine.sip.load(), counters));
    }

    private record PeopleHandle(Directory directory, Favorites favorites, History history) implements People {}

    private record IncomingCallsHandle(DoNotDisturb doNotDisturb, CallForwarding forwarding) implements IncomingCalls {}

    private record PrivacyHandle(UserRights rights, UserSession user, Gate gate) implements Privacy {
        @Override
        public CompletionStage<DataExport> export() {
            gate.requireUsable();
            return rights.export();
        }

        @Override
        public CompletionStage<ErasureOutcome> erase() {
            gate.requireOpen();
            return rights.erase();
        }

        @Override
        public CompletionStage<TrimmedStorage> trim() {
            gate.requireOpen();
            return user.trimStorage();
        }
    }

    /** For tests of parts without a public interface. */
    void onLoop(Consumer<Engine> task) {
        engine.client.loop().execute(() -> task.accept(engine));
    }

    @Override
    public CompletionStage<Void> shutdown(Duration grace) {
        Objects.requireNonNull(grace, "grace");
        return engine.shutdown.shutdown(grace);
    }

    @Override
    public void close() {
        engine.shutdown.close();
    }
}
