// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.failure.HostCallbackException;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.voicemail.GreetingsOutcome;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.biometric.BiometricPort;
import com.techpro.callclient.ports.callui.CallUiPort;
import com.techpro.callclient.ports.contacts.ContactsPort;
import com.techpro.callclient.ports.net.NetworkMonitor;
import com.techpro.callclient.ports.notification.NotificationPort;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.ports.permission.PermissionPort;
import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.RemoteCallHistory;
import com.techpro.callclient.ports.phonesystem.RemoteDirectory;
import com.techpro.callclient.ports.phonesystem.Session;
import com.techpro.callclient.ports.push.PushPort;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.ports.update.UpdatePort;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.testkit.contracts.FakeAudio;
import com.techpro.callclient.testkit.contracts.FakeBiometrics;
import com.techpro.callclient.testkit.contracts.FakeCallUi;
import com.techpro.callclient.testkit.contracts.FakeContacts;
import com.techpro.callclient.testkit.contracts.FakeNetworkMonitor;
import com.techpro.callclient.testkit.contracts.FakeNotifications;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.contracts.FakePush;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.FakeVoicemailBox;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A port that throws an {@link Error} from any of its methods: everybody who was promised an answer gets one, the next operation works, and
 * the client closes.
 */
@Tag("slow")
class PortErrorsTest {
    private static final Map<String, Class<?>> PORTS = ports();
    /** What a scene leaves out takes most of the time: sound, and the hash of the password. */
    private static final Set<String> WITH_CALLS =
            Set.of("store", "contacts", "permissions", "notifications", "callUi", "monitor", "push", "audio", "stream");

    private static final Set<String> WITH_LOGIN =
            Set.of("store", "biometrics", "system", "session", "log", "colleagues", "box");
    private static final Set<String> WITH_LOCK = Set.of("store", "biometrics");
    private static final List<Supplier<Error>> ERRORS = List.of(
            () -> new AssertionError("test"),
            StackOverflowError::new,
            () -> new OutOfMemoryError("test"),
            NoClassDefFoundError::new);

    private final PhoneScene scene = new PhoneScene(41);
    private final FakeVoicemailBox.Mailbox mailbox = new FakeVoicemailBox.Mailbox();
    private final List<Throwable> failures = new ArrayList<>();
    private @Nullable String at;
    private Supplier<Error> error = AssertionError::new;

    private static Map<String, Class<?>> ports() {
        Map<String, Class<?>> ports = new LinkedHashMap<>();
        ports.put("store", SecureStorePort.class);
        ports.put("contacts", ContactsPort.class);
        ports.put("permissions", PermissionPort.class);
        ports.put("biometrics", BiometricPort.class);
        ports.put("notifications", NotificationPort.class);
        ports.put("callUi", CallUiPort.class);
        ports.put("monitor", NetworkMonitor.class);
        ports.put("watch", NetworkMonitor.Watch.class);
        ports.put("push", PushPort.class);
        ports.put("updates", UpdatePort.class);
        ports.put("rooms", ConferenceDirectory.class);
        ports.put("system", PhoneSystem.class);
        ports.put("session", Session.class);
        ports.put("log", RemoteCallHistory.class);
        ports.put("colleagues", RemoteDirectory.class);
        ports.put("box", VoicemailBox.class);
        ports.put("audio", AudioPort.class);
        ports.put("stream", AudioStream.class);
        return ports;
    }

    /** Every method of every port, each with one of the errors. */
    static Stream<Arguments> methods() {
        List<Arguments> methods = new ArrayList<>();
        PORTS.forEach((name, port) -> {
            TreeSet<String> names = new TreeSet<>();
            for (Method method : port.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())) {
                    names.add(method.getName());
                }
            }
            for (String method : names) {
                for (int kind = 0; kind < ERRORS.size(); kind++) {
                    if (kind == (name.length() + method.length()) % ERRORS.size()) {
                        methods.add(Arguments.of(
                                name + "." + method, ERRORS.get(kind).get().getClass()));
                    }
                }
            }
        });
        return methods.stream();
    }

    /** The port itself, but for the method that throws; what it gives of further ports is like it. */
    private <T> T port(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    if (method.getDeclaringClass() == Object.class) {
                        return method.getName().equals("equals") ? proxy == given[0] : method.invoke(real, given);
                    }
                    if (at != null
                            && PORTS.get(at.substring(0, at.indexOf('.'))) == type
                            && at.endsWith("." + method.getName())) {
                        throw error.get();
                    }
                    try {
                        method.setAccessible(true);
                        Object result = method.invoke(real, given);
                        return result != null && PORTS.containsValue(method.getReturnType())
                                ? again(method.getReturnType(), result)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private <T> T again(Class<T> type, Object real) {
        return port(type, type.cast(real));
    }

    private Phone alice() {
        return scene.phone("alice", "192.0.2.1", config -> {
            FakePermissions permissions = new FakePermissions();
            for (Permission each : Permission.values()) {
                permissions.grant(each);
            }
            return config.platform(p -> p.store(
                                    port(SecureStorePort.class, new FakeSecureStore(new FakeSecureStore.Disk())))
                            .contacts(port(ContactsPort.class, new FakeContacts(permissions).add("Bob", "1002")))
                            .permissions(port(PermissionPort.class, permissions))
                            .biometrics(port(BiometricPort.class, new FakeBiometrics(scene.time.workers())))
                            .notifications(port(NotificationPort.class, new FakeNotifications()))
                            .callUi(port(CallUiPort.class, new FakeCallUi(scene.time.workers())))
                            .networkMonitor(port(NetworkMonitor.class, new FakeNetworkMonitor(scene.time.workers())))
                            .push(port(PushPort.class, new FakePush(scene.time.workers())))
                            .updates(port(
                                    UpdatePort.class, (version, answer) -> answer.accept(new UpdateAnswer.UpToDate())))
                            .audio(port(AudioPort.class, new FakeAudio(scene.time.openLoop("audio")))))
                    .conferences(port(ConferenceDirectory.class, ConferenceDirectory.of(List.of(), null)))
                    .failures((thread, failure) -> failures.add(failure));
        });
    }

    private PhoneSystem system() {
        return port(PhoneSystem.class, new PhoneSystem() {
            @Override
            public String kind() {
                return "test";
            }

            @Override
            public LoginOutcome logIn(Login login, LoginContext context) {
                TestPhoneSystem session = new TestPhoneSystem("alice", Policy.OPEN)
                        .withVoicemail(port(VoicemailBox.class, new FakeVoicemailBox(mailbox)), "*97");
                return new LoginOutcome.LoggedIn(port(Session.class, session));
            }
        });
    }

    private interface Asking {
        @Nullable
        CompletionStage<?> ask();
    }

    /** Whether it completes; one who asks what cannot be asked now is told so at once. */
    private void ask(String what, Asking asking) {
        CompletionStage<?> asked;
        try {
            asked = asking.ask();
        } catch (RuntimeException e) {
            return;
        }
        if (asked == null) {
            scene.pass(Duration.ofMillis(200));
            return;
        }
        for (int second = 0; second < 60 && !asked.toCompletableFuture().isDone(); second++) {
            scene.pass(Duration.ofSeconds(1));
        }
        assertThat(asked.toCompletableFuture()).as(what).isCompleted();
    }

    private void askEverything(Phone alice, Phone bob, String port) {
        CallClient client = alice.client;
        String message = mailbox.deliver(
                "1002", null, VoicemailScene.MORNING, Duration.ofSeconds(1), VoicemailScene.tone(440, 8_000));
        if (WITH_LOGIN.contains(port)) {
            ask("login", () -> client.login(system(), Login.of("alice@example.com", Secret.of("secret"))));
        }
        ask("favorites.add", () -> client.people().favorites().add(new Favorite("1002", "Bob")));
        ask("favorites.move", () -> client.people().favorites().move("1002", 0));
        ask("lookUp", () -> client.people().directory().lookUp("1002"));
        ask("search", () -> client.people().directory().search("bob", 10));
        ask("factory", () -> {
            client.conferences().factory();
            return null;
        });
        ask("rooms", () -> client.conferences().rooms());
        ask("rooms.refresh", () -> client.conferences().refresh());
        ask("history", () -> {
            client.people().history().refresh();
            return null;
        });
        ask("markHeard", () -> client.voicemail().markHeard(message, true));
        ask("play", () -> {
            client.voicemail().play(message);
            return null;
        });
        ask("delete", () -> client.voicemail().delete(message));
        ask("undelete", () -> client.voicemail().undelete(message));
        ask("purge", () -> client.voicemail().purge());
        ask("greetings", () -> client.voicemail().greetings());
        ask("trim", client.privacy()::trim);
        ask("export", client.privacy()::export);
        ask("updates.check", () -> client.updates().check("1.0"));
        ask("wake", () -> client.wake(WakeReason.PUSH, Duration.ofSeconds(2)));
        ask("counters", client::counters);
        ask("diagnostics", client::diagnostics);
        if (WITH_CALLS.contains(port)) {
            callAndBeCalled(alice, bob);
        }
        if (WITH_LOCK.contains(port)) {
            lockAndUnlock(client);
        }
        if (port.equals("store") || port.equals("session")) {
            ask("logout", () -> client.logout(LogoutOptions.EVERYTHING));
        }
        if (client.profile() == null) {
            ask("restore", () -> client.restore(system()));
        }
    }

    private void lockAndUnlock(CallClient client) {
        ask(
                "change",
                () -> client.lock()
                        .change(
                                new AppLock.Settings(AppLock.Mode.BIOMETRIC_OR_PASSWORD, null, Duration.ZERO),
                                new AppLock.Proof.Password(Secret.of("secret"))));
        client.lock().lockNow();
        ask("unlockWithBiometrics", () -> client.lock().unlockWithBiometrics());
        client.lock().lockNow();
        ask("unlock", () -> client.lock().unlock(Secret.of("secret")));
    }

    private void callAndBeCalled(Phone alice, Phone bob) {
        ask("dial", () -> {
            Call out = alice.account.dial("bob");
            scene.pass(Duration.ofSeconds(2));
            if (bob.incoming != null && bob.incoming.snapshot().state() == CallState.INCOMING) {
                bob.incoming.answer();
            }
            scene.pass(Duration.ofSeconds(2));
            if (out.snapshot().state() == CallState.ESTABLISHED) {
                out.setMuted(true);
            }
            scene.pass(Duration.ofSeconds(1));
            out.hangUp();
            scene.pass(Duration.ofSeconds(5));
            assertThat(out.snapshot().state()).isEqualTo(CallState.ENDED);
            return out.whenEstablished();
        });
        Call in = bob.account.dial("alice");
        scene.pass(Duration.ofSeconds(2));
        if (alice.incoming != null && alice.incoming.snapshot().state() == CallState.INCOMING) {
            ask("answer", () -> {
                alice.incoming.answer();
                return null;
            });
        }
        scene.pass(Duration.ofSeconds(2));
        in.hangUp();
        scene.pass(Duration.ofSeconds(5));
        assertThat(in.snapshot().state()).isEqualTo(CallState.ENDED);
    }

    private <T> T await(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        scene.until(future::isDone, Duration.ofSeconds(30));
        return future.join();
    }

    @AfterEach
    void close() {
        at = null;
        scene.close();
    }

    @ParameterizedTest(name = "{0} throws {1}")
    @MethodSource("methods")
    void every_promise_completes_the_next_operation_works_and_the_client_closes(String method, Class<?> kind) {
        Phone bob = scene.phone("bob", "192.0.2.2").registered();
        at = method;
        error = ERRORS.stream()
                .filter(each -> each.get().getClass() == kind)
                .findFirst()
                .orElseThrow();
        Phone alice = alice();
        scene.pass(Duration.ofSeconds(2));

        String port = method.substring(0, method.indexOf('.'));
        askEverything(alice, bob, port);

        at = null;
        CallClient client = alice.client;
        if (WITH_LOGIN.contains(port) && client.profile() == null) {
            assertThat(await(client.login(system(), Login.of("alice@example.com", Secret.of("secret")))))
                    .isInstanceOf(LoginResult.LoggedIn.class);
        }
        if (WITH_LOGIN.contains(port)) {
            assertThat(await(client.voicemail().greetings())).isInstanceOf(GreetingsOutcome.Found.class);
        }
        assertThat(await(client.people().favorites().add(new Favorite("1003", "Carol")))
                        .isDone())
                .isTrue();
        assertThat(await(client.people().directory().search("Bob", 10))).isNotEmpty();
        assertThat(await(client.updates().check("1.0"))).isEqualTo(new UpdateAnswer.UpToDate());
        assertThat(await(client.privacy().export()).toString()).isNotEmpty();
        if (WITH_CALLS.contains(port)) {
            bob.incoming = null;
            talk(alice, bob).hangUp();
            scene.pass(Duration.ofSeconds(2));
        }

        at = method;
        ask("shutdown", () -> client.shutdown(Duration.ofSeconds(5)));
        assertThat(failures).allSatisfy(each -> assertThat(each).isInstanceOf(HostCallbackException.class));
    }

    /**
     * Logging out of an app whose store did not say whether it is locked removed the account: the host adds it again, unless the new
     * login has it.
     */
    private Call talk(Phone alice, Phone bob) {
        if (alice.client.accounts().contains(alice.account)) {
            return scene.talk(alice, bob);
        }
        assertThat(alice.client.lock().isLocked()).isFalse();
        Account again = alice.client.accounts().stream()
                .findFirst()
                .orElseGet(() -> alice.client.addAccount(PhoneScene.account(alice.user)));
        scene.until(() -> again.registration().state() == RegistrationState.REGISTERED);
        Call call = again.dial(bob.user);
        scene.until(() -> bob.incoming != null);
        bob.incoming.answer();
        scene.until(() -> call.snapshot().state() == CallState.ESTABLISHED);
        return call;
    }
}
