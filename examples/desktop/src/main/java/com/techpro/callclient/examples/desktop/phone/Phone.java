// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.tone.CallTones;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.storage.SecureStorePort;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The client and the logged-in user. The engine reports everything on one executor, and each screen
 * then rereads this class and the others: an event tells when, a snapshot tells what. All methods
 * are called on that executor.
 */
public final class Phone implements AutoCloseable {
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final PhoneSystem system;
    private final CallClient client;
    private final Clock clock;
    private final List<Runnable> screens = new ArrayList<>();
    private final List<Runnable> timed = new ArrayList<>();
    private final CallActions calls;
    private final People people;
    private final Mailbox mailbox;
    private final Room room;
    private final Devices devices;
    private final PinLock lock;
    private @Nullable Notice notice;
    private boolean loggingIn;

    /**
     * @param system how this app's users log in
     * @param callbacks runs the engine's callbacks and draws screens, such as
     *     {@code SwingUtilities::invokeLater}
     * @param clock for timers
     * @param ring of incoming calls, or null for the engine's
     */
    public Phone(
            PhoneSystem system,
            AudioPort audio,
            SecureStorePort store,
            Executor callbacks,
            Clock clock,
            @Nullable Ring ring) {
        this.system = system;
        this.clock = clock;
        client = CallClient.create(CallClientConfig.builder()
                .platform(p -> p.audio(audio).store(store))
                .tones(ring == null ? CallTones.DEFAULT : ring.tones())
                .callbacks(callbacks)
                .userAgent("DesktopPhone/1.0")
                .build());
        calls = new CallActions(this);
        devices = new Devices(audio, ring, calls::useDevices);
        people = new People(this);
        mailbox = new Mailbox(this);
        room = new Room(this);
        lock = new PinLock(client.lock(), clock, this::tell, this::changed);
        client.addListener(new PhoneEvents(this));
    }

    CallClient client() {
        return client;
    }

    /** Returns the calls and the actions on them. */
    public CallActions calls() {
        return calls;
    }

    /** Returns favourites and history. */
    public People people() {
        return people;
    }

    public Mailbox mailbox() {
        return mailbox;
    }

    public Room room() {
        return room;
    }

    public Devices devices() {
        return devices;
    }

    /** Returns the app lock and the state of its screen. */
    public PinLock lock() {
        return lock;
    }

    Clock clock() {
        return clock;
    }

    /** @param refresh runs now, and whenever something may have changed */
    public void whenChanged(Runnable refresh) {
        screens.add(refresh);
        refresh.run();
    }

    void changed() {
        new ArrayList<>(screens).forEach(Runnable::run);
    }

    /** @param refresh also runs twice a second, for changes that the engine does not report */
    public void whenTicking(Runnable refresh) {
        timed.add(refresh);
    }

    /** Call this twice a second: it advances the timers of calls and the player. */
    public void tick() {
        timed.forEach(Runnable::run);
    }

    /** Returns the present notice to the user, if there is one. */
    public Optional<Notice> notice() {
        return Optional.ofNullable(notice);
    }

    /** @param what null to remove the notice */
    public void tell(@Nullable Notice what) {
        notice = what;
        changed();
    }

    /** Reports an error in a form. */
    public void tellProblem(String title, String advice) {
        tell(Notice.problem(title, advice));
    }

    // --- Login

    public void login(Login login) {
        answer(client.login(system, login));
    }

    /** Restores the last login. */
    public void restore() {
        answer(client.restore(system));
    }

    private void answer(CompletionStage<LoginResult> login) {
        loggingIn = true;
        tell(null);
        var unused = login.thenAccept(result -> {
            loggingIn = result instanceof LoginResult.InProgress;
            if (result instanceof LoginResult.LoggedOut) {
                // The log-out reports itself.
                changed();
            } else {
                tell(Words.login(result));
            }
        });
    }

    /** Whether a login is in progress. */
    public boolean loggingIn() {
        return loggingIn;
    }

    /** Ends all calls, and deletes the user's data from this computer. */
    public void logout() {
        people.watchNobody();
        var unused = client.logout(LogoutOptions.EVERYTHING)
                .thenAccept(done ->
                        tell(Notice.information("You are logged out, and your data was erased from this computer.")));
    }

    /** Returns the logged-in account, or null. */
    @Nullable
    Account account() {
        return client.accounts().stream().findFirst().orElse(null);
    }

    public boolean loggedIn() {
        return account() != null;
    }

    /** Returns the user's name, or the extension; empty if nobody is logged in. */
    public String userName() {
        Profile profile = client.profile();
        if (profile == null) {
            return "";
        }
        String name = profile.displayName();
        if (name == null && profile.firstName() != null) {
            name = profile.lastName() == null ? profile.firstName() : profile.firstName() + " " + profile.lastName();
        }
        return name == null ? "Extension " + profile.extension() : name;
    }

    public String userInitials() {
        return Words.initials(userName());
    }

    /** Returns the user's own extension; empty if nobody is logged in. */
    public String extension() {
        Profile profile = client.profile();
        return profile == null ? "" : profile.extension();
    }

    /** Returns as text whether incoming calls can arrive. */
    public String standing() {
        Account account = account();
        if (account == null) {
            return loggingIn ? "Logging in…" : "Not logged in";
        }
        if (account.registration().state() == RegistrationState.REGISTERED) {
            return doNotDisturb() ? "Do not disturb" : inCall() ? "In a call" : "Ready for calls";
        }
        return Words.registration(account.registration());
    }

    /** Returns the same as a lamp. */
    public Lamp standingLamp() {
        Account account = account();
        if (account == null || account.registration().state() != RegistrationState.REGISTERED) {
            return Lamp.DARK;
        }
        return doNotDisturb() || inCall() ? Lamp.BUSY : Lamp.FREE;
    }

    private boolean inCall() {
        return !calls.cards().isEmpty();
    }

    public boolean doNotDisturb() {
        return !client.lock().isLocked()
                && client.incomingCalls().doNotDisturb().snapshot().on();
    }

    public void doNotDisturb(boolean on) {
        var unused = client.incomingCalls().doNotDisturb().set(on).thenAccept(this::tellRefusal);
    }

    void tellRefusal(CommandOutcome outcome) {
        if (outcome instanceof CommandOutcome.Refused refused) {
            tell(Words.refusal(refused.reason()));
        }
    }

    /** Tells the user why incoming calls cannot arrive; the engine keeps trying. */
    void registrationChanged(RegistrationSnapshot after) {
        Failure failure = after.failure();
        if (failure != null) {
            tellProblem("The phone system cannot be reached.", failure.advice());
        } else {
            changed();
        }
    }

    /**
     * Also once the engine has read at the start whether there is a lock; until then private data
     * is locked.
     */
    boolean locked() {
        return client.lock().isLocked();
    }

    // --- Calls that other screens begin

    /** @return the call, or null if it cannot be made; then the user is told why */
    @Nullable
    Call dial(String number) {
        Account account = account();
        if (account == null || number.isBlank()) {
            return null;
        }
        try {
            return account.dial(number.strip(), devices.options());
        } catch (IllegalArgumentException e) {
            tellProblem("This number cannot be called.", "Check the number and dial again.");
            return null;
        }
    }

    /** Hangs up, unregisters, and then closes; returns at once. */
    public CompletionStage<Void> shutdown() {
        return client.shutdown(GOODBYE);
    }

    /** Closes without unregistering. */
    @Override
    public void close() {
        client.close();
    }
}
