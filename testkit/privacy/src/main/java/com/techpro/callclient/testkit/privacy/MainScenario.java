// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.HistoryEntry;
import com.techpro.callclient.engine.people.HistoryEntry.CallRecord;
import com.techpro.callclient.engine.privacy.DataExport;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.TemporaryFolder;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.privacy.WireRecord.Sent;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A user's day at the embedded PBX, on real sockets and with a real vault: a wrong password, the
 * right one, favourites, the {@link CallScenarios}, a restart of the app, log-out, and another
 * login that is erased. All personal data in it is a {@link Canary}.
 */
public final class MainScenario {
    /** The app's product name, which may appear only in SIP and in the login. */
    static final String USER_AGENT = "CanaryPhone/1.0 (desktop; Test OS 1)";

    /**
     * Differs from the address of everything else on this machine, so that traffic elsewhere is
     * noticed.
     */
    static final String PBX_ADDRESS = "127.0.0.73";

    private final Canaries canaries;
    private final Path home;
    private final Map<String, String> outcomes = new LinkedHashMap<>();
    private final Map<String, Map<String, byte[]>> disk = new LinkedHashMap<>();
    private final FakeNotifications notifications = new FakeNotifications();
    private final FakePermissions permissions = new FakePermissions().deny(Permission.CONTACTS);
    private final FakeContacts contacts = new FakeContacts(permissions);
    private String exported = "";

    private MainScenario(Canaries canaries, Path home) {
        this.canaries = canaries;
        this.home = home;
        contacts.add(canaries.contact().value(), canaries.otherNumber().value());
    }

    /** Takes several seconds. */
    public static Evidence run() throws IOException {
        return run(new Canaries(new SecureRandom()));
    }

    static Evidence run(Canaries canaries) throws IOException {
        try (TemporaryFolder home = new TemporaryFolder("callclient-privacy")) {
            return new MainScenario(canaries, home.path()).live();
        }
    }

    private Evidence live() throws IOException {
        List<String> printed = new ArrayList<>();
        try (EveryLog log = new EveryLog();
                EmbeddedPbx pbx = pbx();
                WireCapture tap = new WireCapture(
                        Objects.requireNonNull(login(pbx, canaries.password()).server()))) {
            WatchedPhone phone = new WatchedPhone(
                    USER_AGENT,
                    settings -> settings.platform(
                            p -> p.contacts(contacts).permissions(permissions).notifications(notifications)));
            WatchedPhone other = new WatchedPhone("OtherPhone/1.0", settings -> settings);
            CallScenarios calls = new CallScenarios(canaries, phone, other, permissions, outcomes);
            try (phone;
                    other;
                    CallClient callee = other.start();
                    AppUser user = new AppUser(
                            home, Secret.of(canaries.passphrase().value()), pbx.phoneSystem(), phone::start)) {
                logIn(pbx, tap, phone, user);
                addFavourites(user);
                Account somebody = registered(callee, pbx);
                Account own = user.client().accounts().get(0);
                calls.outgoing(own, somebody);
                calls.incoming(user.client(), own, somebody);
                calls.spoiled(pbx, own);
                phone.print(user.client().counters().toCompletableFuture().join());
                export(phone, user);
                restart(phone, user);
                logOut(pbx, phone, user);
                logInAndErase(pbx, tap, phone, user);
            }
            outcomes.put("contacts touched without permission", String.valueOf(contacts.trespasses()));
            outcomes.put("contacts read", String.valueOf(contacts.reads() > 0));
            outcomes.put("told of", told());
            printed.addAll(other.printed());
            printed.addAll(phone.printed());
            return evidence(pbx, tap, phone, calls, List.copyOf(log.lines()), printed);
        }
    }

    private Evidence evidence(
            EmbeddedPbx pbx,
            WireCapture tap,
            WatchedPhone phone,
            CallScenarios calls,
            List<String> logged,
            List<String> printed)
            throws IOException {
        List<Sent> sent = new ArrayList<>(phone.wire().sent());
        sent.addAll(tap.sent());
        Set<InetAddress> reached = new HashSet<>();
        phone.wire().connected().forEach(to -> reached.add(to.getAddress()));
        sent.forEach(packet -> reached.add(packet.to().getAddress()));
        return new Evidence(
                canaries,
                sent,
                reached,
                Set.of(InetAddress.getByName(pbx.address(SipTransport.TLS).host())),
                List.copyOf(phone.wire().asked()),
                logged,
                printed,
                calls.threads(),
                calls.microphone(),
                USER_AGENT,
                outcomes,
                exported,
                disk);
    }

    private EmbeddedPbx pbx() {
        String number = canaries.number().value();
        return EmbeddedPbx.builder()
                .address(PBX_ADDRESS)
                .extension(number, canaries.linePassword().value())
                .extension(
                        canaries.otherNumber().value(),
                        "other-" + canaries.linePassword().value())
                .provisioning(settings -> settings.password(
                                number, canaries.password().value())
                        .name(number, canaries.firstName(), canaries.lastName()))
                .start();
    }

    private Login login(EmbeddedPbx pbx, Canary password) {
        Login right = pbx.login(canaries.number().value());
        return new Login(right.user(), Secret.of(password.value()), right.server(), null, right.trust());
    }

    private void logIn(EmbeddedPbx pbx, WireCapture tap, WatchedPhone phone, AppUser user) {
        LoginResult refused = user.logIn(login(pbx, canaries.wrongPassword()).at(tap.address()));
        phone.print(refused);
        outcomes.put("wrong password", String.valueOf(refused));
        outcomes.put("registered with a wrong password", String.valueOf(isRegistered(pbx)));
        // Reading the store waits for pending writes.
        user.client().privacy().export().toCompletableFuture().join();
        disk.put("after a wrong password", user.onDisk());
        Login right = login(pbx, canaries.password()).at(tap.address());
        phone.print(right);
        LoginResult result = user.logIn(right);
        phone.print(result);
        outcomes.put("right password", state(result));
        phone.print(user.client().profile());
        outcomes.put("profile", String.valueOf(isTheirs(user.client().profile())));
    }

    /** Whether it is the phone system's data about its user, which nobody typed in here. */
    private boolean isTheirs(@Nullable Profile profile) {
        return profile != null
                && profile.extension().equals(canaries.number().value())
                && canaries.name().value().equals(profile.displayName())
                && canaries.firstName().equals(profile.firstName())
                && canaries.lastName().equals(profile.lastName());
    }

    private boolean isRegistered(EmbeddedPbx pbx) {
        return pbx.state().isRegistered(canaries.number().value());
    }

    private static String state(LoginResult result) {
        return result instanceof LoginResult.LoggedIn user
                ? String.valueOf(user.account().registration().state())
                : String.valueOf(result);
    }

    private Account registered(CallClient client, EmbeddedPbx pbx) {
        SipAccount settings = pbx.account(canaries.otherNumber().value())
                .displayName(canaries.otherName().value())
                .build();
        Account account = client.addAccount(settings);
        Await.until(
                "the other party is registered", () -> account.registration().state() == RegistrationState.REGISTERED);
        return account;
    }

    private void addFavourites(AppUser user) {
        Favorite last = new Favorite("601", "Tone");
        Favorite first = new Favorite(
                canaries.favouriteNumber().value(), canaries.favourite().value());
        for (Favorite each : List.of(last, first)) {
            user.client().people().favorites().add(each).toCompletableFuture().join();
        }
        user.client()
                .people()
                .favorites()
                .move(first.number(), 0)
                .toCompletableFuture()
                .join();
    }

    private void export(WatchedPhone phone, AppUser user) {
        DataExport export =
                user.client().privacy().export().toCompletableFuture().join();
        phone.print(export);
        exported = export instanceof DataExport.Exported shown ? shown.json() : "";
    }

    private void restart(WatchedPhone phone, AppUser user) {
        Await.until(
                "every call is in the history",
                () -> user.client().people().history().snapshot().entries().size() >= CallScenarios.CALLS);
        List<Favorite> favourites =
                user.client().people().favorites().snapshot().favorites();
        List<HistoryEntry> history = user.client().people().history().snapshot().entries();
        outcomes.put("favourites", String.valueOf(favourites.size()));
        outcomes.put(
                "history",
                history.stream()
                        .map(entry -> entry instanceof CallRecord call
                                ? call.direction() + " " + call.outcome()
                                : "conference")
                        .collect(Collectors.joining(", ")));
        history.forEach(phone::print);
        disk.put("while logged in", user.onDisk());
        LoginResult result = user.restart();
        phone.print(result);
        outcomes.put("restarted", state(result));
        CallClient app = user.client();
        outcomes.put(
                "favourites are as before the restart",
                String.valueOf(app.people().favorites().snapshot().favorites().equals(favourites)));
        outcomes.put(
                "the history is as before the restart",
                String.valueOf(app.people().history().snapshot().entries().equals(history)));
        disk.put("after a restart", user.onDisk());
    }

    private void logOut(EmbeddedPbx pbx, WatchedPhone phone, AppUser user) {
        outcomes.put("log-out", String.valueOf(user.logOut()));
        outcomes.put("registered after log-out", String.valueOf(isRegistered(pbx)));
        disk.put("after log-out", user.onDisk());
        LoginResult result = user.restart();
        phone.print(result);
        outcomes.put("restarted after log-out", String.valueOf(result));
        CallClient app = user.client();
        outcomes.put(
                "kept after log-out",
                app.people().favorites().snapshot().favorites().size()
                        + app.people().history().snapshot().entries().size()
                        + " entries");
        if (result instanceof LoginResult.LoggedIn) {
            // It must not be logged in. The day goes on all the same, so that the other promises
            // are judged.
            user.logOut();
        }
    }

    private void logInAndErase(EmbeddedPbx pbx, WireCapture tap, WatchedPhone phone, AppUser user) {
        outcomes.put(
                "second login", state(user.logIn(login(pbx, canaries.password()).at(tap.address()))));
        addFavourites(user);
        disk.put("before erasing", user.onDisk());
        outcomes.put(
                "erase",
                String.valueOf(
                        user.client().privacy().erase().toCompletableFuture().join()));
        outcomes.put("registered after erasing", String.valueOf(isRegistered(pbx)));
        disk.put("after erasing", user.onDisk());
        phone.print(user);
        phone.print(user.client());
    }

    private String told() {
        return notifications.ever().stream()
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new))
                .toString();
    }
}
