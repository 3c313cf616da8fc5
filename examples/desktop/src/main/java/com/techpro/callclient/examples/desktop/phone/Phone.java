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
import com.techpro.callclient.engine.call.Failure;
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
 * The client and the user who is logged in. The engine tells everything on one executor, and each screen then reads anew what this and the other classes say: an event
 * says when, a snapshot says what. All methods are called on that executor.
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
     * @param system how the users of this app log in
     * @param callbacks on which the engine tells and screens are drawn, such as {@code SwingUtilities::invokeLater}
     * @param clock for timers
     * @param ring of incoming calls, or null for that of the engine
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
                .audio(audio)
                .tones(ring == null ? CallTones.DEFAULT : ring.tones())
                .store(store)
                .callbacks(callbacks)
                .userAgent("DesktopPhone/1.0")
                .build());
        devices = new Devices(audio, ring);
        calls = new CallActions(this);
        people = new People(this);
        mailbox = new Mailbox(this);
        room = new Room(this);
        lock = new PinLock(client.lock(), clock, this::tell, this::changed);
        client.addListener(new PhoneEvents(this));
    }

    CallClient client() {
        return client;
    }

    /** What calls there are, and what the user does with them. */
    public CallActions calls() {
        return calls;
    }

    /** Favourites and history. */
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

    /** The lock on the app, and what its screen shows. */
    public PinLock lock() {
        return lock;
    }

    Clock clock() {
        return clock;
    }

    /** @param refresh run now, and whenever something may be another */
    public void whenChanged(Runnable refresh) {
        screens.add(refresh);
        refresh.run();
    }

    void changed() {
        new ArrayList<>(screens).forEach(Runnable::run);
    }

    /** @param refresh run twice a second as well: for what changes without the engine's telling */
    public void whenTicking(Runnable refresh) {
        timed.add(refresh);
    }

    /** To be called twice a second: timers of calls and the player go on. */
    public void tick() {
        timed.forEach(Runnable::run);
    }

    /** What the user is told at present, if anything. */
    public Optional<Notice> notice() {
        return Optional.ofNullable(notice);
    }

    /** @param what null for nothing any more */
    public void tell(@Nullable Notice what) {
        notice = what;
        changed();
    }

    /** Of a form that is not filled in as it should be. */
    public void tellProblem(String title, String advice) {
        tell(Notice.problem(title, advice));
    }

    // --- Who is logged in

    /** @throws IllegalStateException if somebody is logged in, or a login is under way */
    public void login(Login login) {
        answer(client.login(system, login));
    }

    /** Logs in whoever was logged in the last time. */
    public void restore() {
        answer(client.restore(system));
    }

    private void answer(CompletionStage<LoginResult> login) {
        loggingIn = true;
        tell(null);
        var unused = login.thenAccept(result -> {
            loggingIn = false;
            if (result instanceof LoginResult.LoggedOut) {
                // The log-out tells of itself.
                changed();
            } else {
                tell(Words.login(result));
            }
        });
    }

    /** Whether a login is under way. */
    public boolean loggingIn() {
        return loggingIn;
    }

    /** Ends all calls, and erases from this computer what is known of the user. */
    public void logout() {
        people.watchNobody();
        var unused = client.logout(LogoutOptions.EVERYTHING)
                .thenAccept(done ->
                        tell(Notice.information("You are logged out, and nothing of yours is left on this computer.")));
    }

    /** The account of whoever is logged in, or null. */
    @Nullable
    Account account() {
        return client.accounts().stream().findFirst().orElse(null);
    }

    public boolean loggedIn() {
        return account() != null;
    }

    /** The user's name, or the extension; empty if nobody is logged in. */
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

    /** The user's own extension; empty if nobody is logged in. */
    public String extension() {
        Profile profile = client.profile();
        return profile == null ? "" : profile.extension();
    }

    /** Whether calls come in here, in words. */
    public String standing() {
        Account account = account();
        if (account == null) {
            return loggingIn ? "Logging in…" : "Nobody is logged in";
        }
        if (account.registration().state() == RegistrationState.REGISTERED) {
            return doNotDisturb() ? "Do not disturb" : inCall() ? "In a call" : "Ready for calls";
        }
        return Words.registration(account.registration());
    }

    /** The same as a lamp. */
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
        return !client.lock().isLocked() && client.doNotDisturb().snapshot().on();
    }

    public void doNotDisturb(boolean on) {
        var unused = client.doNotDisturb().set(on).thenAccept(done -> {
            if (!done) {
                tellProblem("Do not disturb cannot be used.", "Your organisation does not permit it.");
            }
        });
    }

    /** Tells the user why calls do not come in; the engine goes on trying by itself. */
    void registrationChanged(RegistrationSnapshot after) {
        Failure failure = after.failure();
        if (failure != null) {
            tellProblem("The phone system cannot be reached.", failure.advice());
        } else {
            changed();
        }
    }

    /** Also once the engine has read at the start whether there is a lock: until then what is private is locked. */
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
            tellProblem("This is no number that can be called.", "Check the number and dial again.");
            return null;
        }
    }

    /** Hangs up, tells the phone system that this phone is gone, and then closes; returns at once. */
    public CompletionStage<Void> shutdown() {
        return client.shutdown(GOODBYE);
    }

    /** Without a goodbye. */
    @Override
    public void close() {
        client.close();
    }
}
