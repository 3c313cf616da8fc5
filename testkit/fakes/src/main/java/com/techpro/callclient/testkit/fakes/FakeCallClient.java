// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

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
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.Updates;
import com.techpro.callclient.engine.WakeOutcome;
import com.techpro.callclient.engine.WakeReason;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.diagnostics.DiagnosticsReport;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.people.People;
import com.techpro.callclient.engine.privacy.Privacy;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.ports.callui.AudioRoute;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakeBiometrics;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The real client for tests of an app, in virtual time, at a phone system that does what the test
 * says.
 *
 * <pre>{@code
 * FakeCallClient client = new FakeCallClient();
 * FakeAccount account = client.loggedIn("Anna");
 * FakeCall call = account.incomingCall("+4930123456", "Bob");
 * viewModel.answerPressed();
 * client.advance(Duration.ofSeconds(1));
 * assertThat(call.snapshot().state()).isEqualTo(CallState.ESTABLISHED);
 * call.remoteHangsUp();
 * }</pre>
 *
 * <p>The app uses it as any {@link CallClient}, and nothing of the engine is imitated: a command
 * takes time. It takes effect while time passes, in {@link #advance}, in {@link #await}, or in a
 * method for the test. Those are the methods of this class that are not {@link CallClient}'s, and
 * all of {@link FakeAccount} and {@link FakeCall}. They say what the far end or the phone system
 * does, and advance the time by a moment.
 *
 * <p>Everything runs on the thread that lets time pass, and so do listeners unless
 * {@link CallClientConfig.Builder#callbacks} gives an executor. Let time pass on one thread only,
 * and not in a listener: that throws {@link IllegalStateException}. The app may call its methods
 * from any thread.
 *
 * <p>An account that the app adds reaches this phone system by TLS, whatever its domain, transport
 * and proxies are. Audio is encrypted with SDES keys.
 */
public final class FakeCallClient implements CallClient {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ScriptedPhoneSystem system;
    private final FakeSecureStore.Disk disk;
    private final UnaryOperator<CallClientConfig.Builder> settings;
    private final FakeAudio audio;
    private final FakeContacts contacts = new FakeContacts();
    private final FakePermissions permissions;
    private final FakeBiometrics biometrics;
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final CallClient client;
    private volatile UpdateAnswer update = new UpdateAnswer.UpToDate();

    /** Creates a client without accounts, with default settings. */
    public FakeCallClient() {
        this(config -> config);
    }

    /**
     * Creates a client without accounts.
     *
     * @param settings changes the settings, and replaces ports of the platform. Its network and its
     *     time stay virtual
     */
    public FakeCallClient(UnaryOperator<CallClientConfig.Builder> settings) {
        this(new ScriptedPhoneSystem(), new FakeSecureStore.Disk(), settings);
    }

    private FakeCallClient(
            ScriptedPhoneSystem system, FakeSecureStore.Disk disk, UnaryOperator<CallClientConfig.Builder> settings) {
        this.system = system;
        this.disk = disk;
        this.settings = settings;
        this.audio = new FakeAudio(system.time.openLoop("audio"));
        this.permissions = new FakePermissions(system.time.workers());
        this.biometrics = new FakeBiometrics(system.time.workers());
        CallClientConfig.Builder config = CallClientConfig.builder()
                .platform(platform -> platform.audio(audio)
                        .store(new FakeSecureStore(disk))
                        .contacts(contacts)
                        .permissions(permissions)
                        .biometrics(biometrics)
                        .updates((version, answer) -> system.time.workers().execute(() -> answer.accept(update))))
                .tones(CallTones.OFF)
                .callbacks(Runnable::run)
                .failures((thread, thrown) -> failures.add(thrown.getCause() == null ? thrown : thrown.getCause()));
        client = CallClient.create(settings.apply(config)
                .lab(lab -> lab.schedulers(system.time)
                        .network(system.connect(this::calls))
                        .random(system.time.random("client")))
                .build());
        system.time.advance(ScriptedPhoneSystem.SOON);
    }

    // For the test.

    /** Lets time pass. Whatever falls due happens, and listeners are called. */
    public void advance(Duration by) {
        system.time.advance(by);
    }

    /**
     * Lets time pass until a stage is complete.
     *
     * @return its result
     * @throws AssertionError if it is not complete within a minute
     * @throws java.util.concurrent.CompletionException if it completes exceptionally
     */
    public <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        system.time.runUntil(future::isDone, LIMIT);
        return future.join();
    }

    /**
     * Logs in a user with this display name and the extension 1001, as if the app had, and
     * registers the account.
     *
     * @throws IllegalStateException if a user is logged in, or the client is closed
     */
    public FakeAccount loggedIn(String displayName) {
        Objects.requireNonNull(displayName, "displayName");
        if (client.profile() != null) {
            throw new IllegalStateException("a user is logged in; log out first");
        }
        system.logins.accept(new Profile("1001", displayName, null, null, null, null, Map.of()));
        CompletionStage<LoginResult> unused =
                login(system.logins.phoneSystem(), Login.of("1001@" + Addresses.DOMAIN, Secret.of("any")));
        system.time.runUntil(
                () -> client.accounts().stream()
                        .anyMatch(account -> account.registration().state() == RegistrationState.REGISTERED),
                LIMIT);
        return account("1001");
    }

    /**
     * Returns the phone system's side of the account of this user.
     *
     * @throws IllegalStateException if there is none
     */
    public FakeAccount account(String user) {
        for (Account account : client.accounts()) {
            if (account.sipAccount().user().equals(user)) {
                return new FakeAccount(system, account);
            }
        }
        throw new IllegalStateException("there is no such account");
    }

    /** How the phone system answers logins, and what its users have. */
    public FakeLogins logins() {
        return system.logins;
    }

    /**
     * Returns the call that was dialled, or began to ring here, last.
     *
     * @throws IllegalStateException if there was none
     */
    public FakeCall lastCall() {
        List<FakeCall> all = everyCall();
        if (all.isEmpty()) {
            throw new IllegalStateException("there was no call");
        }
        return all.get(all.size() - 1);
    }

    /** Returns all calls in order, with those that have ended. */
    public List<FakeCall> everyCall() {
        advance(ScriptedPhoneSystem.SOON);
        return system.calls();
    }

    /**
     * Returns the requests that the phone system received, such as {@code INVITE 1003} or
     * {@code BYE 1003}, in order. Acknowledgements are left out.
     */
    public List<String> requests() {
        advance(ScriptedPhoneSystem.SOON);
        return system.requests();
    }

    /** Returns what listeners have thrown, in order; empty if none has. */
    public List<Throwable> callbackFailures() {
        return List.copyOf(failures);
    }

    /** Returns the microphone and the speaker. */
    public FakeAudio audio() {
        return audio;
    }

    /** Returns the contacts on the device. */
    public FakeContacts contacts() {
        return contacts;
    }

    /** Returns the fingerprint reader, and how the user answers it. */
    public FakeBiometrics biometrics() {
        return biometrics;
    }

    /** Returns what the user permits; everything unless set. */
    public FakePermissions permissions() {
        return permissions;
    }

    /** Says whether the registrar leaves accounts without an answer from now on. */
    public void registrarIsSilent(boolean silent) {
        system.setSilent(silent);
    }

    /**
     * Sets the status with which the registrar refuses accounts from now on, such as 403; 0, the
     * default, if it accepts them.
     */
    public void registrarRefuses(int status) {
        system.setRefusal(status);
    }

    /** Sets what {@link Updates#check} finds; {@link UpdateAnswer.UpToDate} unless set. */
    public void updateIs(UpdateAnswer answer) {
        update = Objects.requireNonNull(answer, "answer");
    }

    /**
     * Ends this client and starts the next one, as if the app had been started again: stored data,
     * time and phone system go on.
     */
    public FakeCallClient restarted() {
        await(client.shutdown(Duration.ofSeconds(1)));
        return new FakeCallClient(system, disk, settings);
    }

    // For the app.

    @Override
    public Account addAccount(SipAccount account) {
        return client.addAccount(system.reaching(Objects.requireNonNull(account, "account")));
    }

    /** Logs in as {@link #logins} says; the given phone system is not asked. */
    @Override
    public CompletionStage<LoginResult> login(PhoneSystem ignored, Login login) {
        Objects.requireNonNull(ignored, "system");
        return client.login(system.logins.phoneSystem(), login);
    }

    /** As {@link #login}. */
    @Override
    public CompletionStage<LoginResult> restore(PhoneSystem... ignored) {
        Objects.requireNonNull(ignored, "systems");
        return client.restore(system.logins.phoneSystem());
    }

    @Override
    public @Nullable Profile profile() {
        return client.profile();
    }

    @Override
    public CompletionStage<LogoutResult> logout(LogoutOptions options) {
        return client.logout(options);
    }

    @Override
    public void addListener(CallClientListener listener) {
        client.addListener(listener);
    }

    @Override
    public void removeListener(CallClientListener listener) {
        client.removeListener(listener);
    }

    @Override
    public List<Account> accounts() {
        return client.accounts();
    }

    @Override
    public List<Call> calls() {
        return client.calls();
    }

    @Override
    public AppLock lock() {
        return client.lock();
    }

    @Override
    public People people() {
        return client.people();
    }

    @Override
    public TextMessages textMessages() {
        return client.textMessages();
    }

    @Override
    public Voicemail voicemail() {
        return client.voicemail();
    }

    @Override
    public IncomingCalls incomingCalls() {
        return client.incomingCalls();
    }

    @Override
    public Conferences conferences() {
        return client.conferences();
    }

    @Override
    public CompletionStage<WakeOutcome> wake(WakeReason reason, Duration budget) {
        return client.wake(reason, budget);
    }

    @Override
    public AudioRoutes audioRoutes() {
        return client.audioRoutes();
    }

    @Override
    public void routeAudio(AudioRoute wanted) {
        client.routeAudio(wanted);
    }

    @Override
    public Updates updates() {
        return client.updates();
    }

    @Override
    public Privacy privacy() {
        return client.privacy();
    }

    @Override
    public CompletionStage<ClientCounters> counters() {
        return client.counters();
    }

    @Override
    public CompletionStage<DiagnosticsReport> diagnostics() {
        return client.diagnostics();
    }

    @Override
    public CompletionStage<Void> shutdown(Duration grace) {
        return client.shutdown(grace);
    }

    @Override
    public void close() {
        client.close();
    }
}
