// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallForwarding;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.people.Directory;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.engine.people.Favorites;
import com.techpro.callclient.engine.people.History;
import com.techpro.callclient.engine.people.People;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.CallCompletion;
import com.techpro.callclient.engine.presence.DoNotDisturb;
import com.techpro.callclient.engine.privacy.Privacy;
import com.techpro.callclient.engine.voicemail.Playback;
import com.techpro.callclient.engine.voicemail.PlaybackOptions;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every public method of the client, called while the app is locked: it is in the table of what a locked app permits, with the reason, or it
 * throws {@link LockedException}. A method that is added is called here too.
 */
class LockedClientTableTest {
    private static final String ENGINE = "com.techpro.callclient.engine";
    private static final String PARTS = "its methods are in this table themselves";
    private static final String CALLS = "whoever talks goes on, and sees with whom";
    private static final String LISTENERS = "who listens is told nothing that the lock hides";
    private static final String LOCK = "it is the lock";
    private static final String REACHABLE = "a locked phone stays reachable";
    private static final String ENDS = "ending something needs no unlocking";

    /** In the order in which they are called: what ends something comes last. */
    private static final Map<String, String> PERMITTED = table(
            entry("CallClient.lock", PARTS),
            entry("CallClient.people", PARTS),
            entry("People.directory", PARTS),
            entry("People.favorites", PARTS),
            entry("People.history", PARTS),
            entry("CallClient.voicemail", PARTS),
            entry("CallClient.textMessages", PARTS),
            entry("CallClient.incomingCalls", PARTS),
            entry("IncomingCalls.doNotDisturb", PARTS),
            entry("IncomingCalls.forwarding", PARTS),
            entry("CallClient.privacy", PARTS),
            entry("CallClient.conferences", PARTS),
            entry("CallClient.accounts", PARTS),
            entry("CallClient.calls", CALLS),
            entry("CallClient.profile", "the lock says whose app it is"),
            entry("CallClient.addListener", LISTENERS),
            entry("CallClient.removeListener", LISTENERS),
            entry("CallClient.login", "it waits until the app is unlocked"),
            entry("CallClient.restore", "it waits until the app is unlocked"),
            entry("CallClient.addAccount", "an account of the host's own, which the host brings along"),
            entry("AppLock.appInBackground", LOCK),
            entry("AppLock.appInForeground", LOCK),
            entry("CallClient.wake", REACHABLE),
            entry("CallClient.audioRoutes", CALLS),
            entry("CallClient.routeAudio", CALLS),
            entry("Privacy.trim", "the device runs out of space whether it is locked or not"),
            entry("CallClient.counters", "numbers without names"),
            entry("CallClient.diagnostics", "it names nobody"),
            entry("Account.id", "a number of the client's own"),
            entry("Account.sipAccount", "whose account it is; its secret cannot be read"),
            entry("Account.registration", REACHABLE),
            entry("Account.register", REACHABLE),
            entry("Account.whenRegistered", REACHABLE),
            entry("Account.whenRegisteredOrFailed", REACHABLE),
            entry("Account.updateCredentials", REACHABLE),
            entry("Account.addListener", LISTENERS),
            entry("Account.removeListener", LISTENERS),
            entry("Account.calls", CALLS),
            entry("Call.id", CALLS),
            entry("Call.snapshot", CALLS),
            entry("Call.audioLevels", CALLS),
            entry("Call.voiceEffects", CALLS),
            entry("Call.addListener", CALLS),
            entry("Call.removeListener", CALLS),
            entry("Call.whenEstablished", CALLS),
            entry("Call.hold", CALLS),
            entry("Call.resume", CALLS),
            entry("Call.sendDtmf", CALLS),
            entry("Call.setMuted", CALLS),
            entry("Call.useDevices", CALLS),
            entry("Call.silence", "it makes the phone quiet, and tells nobody anything"),
            entry("Call.merge", CALLS),
            entry("Conference.snapshot", CALLS),
            entry("Conference.call", CALLS),
            entry("Conference.setMuted", CALLS),
            entry("Conference.toggleRoomMute", CALLS),
            entry("Conference.toggleMembersMute", CALLS),
            entry(
                    "CallCompletion.outcome",
                    "it says whether somebody was called, and nobody is while the app is locked"),
            entry("BusyLamp.snapshot", "it shows who is busy, and names nobody"),
            entry("BusyLamp.addListener", LISTENERS),
            entry("BusyLamp.removeListener", LISTENERS),
            entry("Playback.messageId", "a message that plays goes on"),
            entry("Playback.snapshot", "a message that plays goes on"),
            entry("Playback.route", "a message that plays goes on"),
            entry("AppLock.isLocked", LOCK),
            entry("AppLock.settings", LOCK),
            entry("AppLock.change", LOCK),
            entry("AppLock.setPin", LOCK),
            entry("AppLock.unlock", LOCK),
            entry("AppLock.unlockWithPin", LOCK),
            entry("AppLock.unlockWithBiometrics", LOCK),
            entry("AppLock.userActive", LOCK),
            entry("AppLock.lockNow", LOCK),
            entry("Playback.pause", ENDS),
            entry("Playback.close", ENDS),
            entry("Conference.leave", ENDS),
            entry("BusyLamp.close", ENDS),
            entry("CallCompletion.cancel", ENDS),
            entry("Call.refuseTransfer", ENDS),
            entry("Call.reject", ENDS),
            entry("Call.hangUp", ENDS),
            entry("CallClient.logout", ENDS),
            entry("Account.remove", ENDS),
            entry("Privacy.erase", ENDS),
            entry("CallClient.shutdown", ENDS),
            entry("CallClient.close", ENDS));

    private VoicemailScene office;
    private Phone bob;
    private Map<Class<?>, Object> handles;

    /**
     * Logged in, in a call and in a room, with a message that plays; then it is locked, and the loop does not run before the first method is
     * called. Answering is not permitted either.
     */
    @BeforeEach
    void lockedInTheMiddleOfThings() {
        office = new VoicemailScene(
                config -> config.platform(p -> p.store(new FakeSecureStore())).answerWhileLocked(false), Policy.OPEN);
        PhoneScene scene = office.scene;
        scene.pass(Duration.ofSeconds(1));
        String message = office.leave(1, "1002", 120);
        office.loggedIn();
        Phone alice = office.alice.registered().speaking(440);
        bob = scene.phone("bob", "192.0.2.2").registered().speaking(880);
        Phone room = scene.phone("room", "192.0.2.3").registered();
        Call call = scene.talk(alice, bob);
        call.hold();
        Conference conference = alice.account.join("room");
        scene.until(() -> room.incoming != null);
        room.incoming.answer();
        scene.until(() -> conference.snapshot().state() == ConferenceSnapshot.State.JOINED);
        Playback playback = alice.client.voicemail().play(message);
        BusyLamp lamp = alice.account.watch("bob");
        CallCompletion completion = alice.account.callWhenFree("bob");
        CallClient client = alice.client;
        office.await(
                client.lock().change(new AppLock.Settings(AppLock.Mode.PASSWORD, null, null), Secret.of("secret")));
        client.lock().lockNow();
        handles = Map.ofEntries(
                entry(CallClient.class, client),
                entry(Account.class, alice.account),
                entry(Call.class, call),
                entry(Conferences.class, client.conferences()),
                entry(Conference.class, conference),
                entry(AppLock.class, client.lock()),
                entry(People.class, client.people()),
                entry(IncomingCalls.class, client.incomingCalls()),
                entry(Privacy.class, client.privacy()),
                entry(Directory.class, client.people().directory()),
                entry(History.class, client.people().history()),
                entry(DoNotDisturb.class, client.incomingCalls().doNotDisturb()),
                entry(CallForwarding.class, client.incomingCalls().forwarding()),
                entry(BusyLamp.class, lamp),
                entry(CallCompletion.class, completion),
                entry(Favorites.class, client.people().favorites()),
                entry(TextMessages.class, client.textMessages()),
                entry(Voicemail.class, client.voicemail()),
                entry(Playback.class, playback));
    }

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void the_table_covers_every_handle_that_a_host_can_obtain() {
        assertThat(handles.keySet()).isEqualTo(handlesFrom(CallClient.class));
    }

    @Test
    void a_method_that_is_not_in_the_table_is_refused() {
        List<Method> refused = methods(name -> !PERMITTED.containsKey(name));
        assertThat(refused).hasSizeGreaterThan(30);
        int calls = office.alice.client.calls().size();
        bob.incoming = null;

        for (int i = 0; i < 2; i++) {
            for (Method method : refused) {
                assertThatThrownBy(() -> call(method)).as(name(method)).isInstanceOf(LockedException.class);
            }
            office.scene.pass(Duration.ofSeconds(5));
        }

        assertThat(office.alice.client.lock().isLocked()).isTrue();
        assertThat(office.alice.client.calls()).hasSize(calls);
        assertThat(bob.incoming).as("nobody was called").isNull();
        assertThat(office.mailbox.isHeard("m1")).isFalse();
    }

    @Test
    void a_method_in_the_table_is_permitted_and_unlocks_nothing() {
        List<Method> permitted = methods(PERMITTED::containsKey);
        assertThat(permitted.stream().map(LockedClientTableTest::name).collect(Collectors.toSet()))
                .as("every row is a method")
                .isEqualTo(PERMITTED.keySet());
        List<String> order = List.copyOf(PERMITTED.keySet());
        permitted.sort((one, other) -> order.indexOf(name(one)) - order.indexOf(name(other)));

        for (Method method : permitted) {
            try {
                call(method);
            } catch (LockedException e) {
                throw new AssertionError(name(method) + " is refused: it does not belong into the table", e);
            } catch (IllegalStateException | IllegalArgumentException e) {
                // Such as a login while a user is logged in: refused, and not because of the lock.
                assertThat(e).isNotNull();
            }
            office.scene.pass(Duration.ofMillis(100));
            boolean over = PERMITTED.get(name(method)).equals(ENDS);
            assertThat(over || office.alice.client.lock().isLocked())
                    .as(name(method))
                    .isTrue();
        }
    }

    @SafeVarargs
    private static Map<String, String> table(Map.Entry<String, String>... rows) {
        Map<String, String> table = new LinkedHashMap<>();
        for (Map.Entry<String, String> row : rows) {
            table.put(row.getKey(), row.getValue());
        }
        return table;
    }

    private List<Method> methods(Predicate<String> wanted) {
        List<Method> all = new ArrayList<>();
        for (Class<?> type : handles.keySet()) {
            for (Method method : type.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers()) && wanted.test(name(method))) {
                    all.add(method);
                }
            }
        }
        return all;
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /** Interfaces of the engine that are reached through what methods return, inside stages, lists and results as well. */
    private static Set<Class<?>> handlesFrom(Class<?> start) {
        Set<Class<?>> found = new TreeSet<>((one, other) -> one.getName().compareTo(other.getName()));
        Set<Class<?>> seen = new TreeSet<>((one, other) -> one.getName().compareTo(other.getName()));
        Deque<Class<?>> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            Class<?> type = open.remove();
            if (!type.getName().startsWith(ENGINE) || !seen.add(type)) {
                continue;
            }
            if (type.isSealed()) {
                open.addAll(List.of(type.getPermittedSubclasses()));
            } else if (type.isInterface()) {
                found.add(type);
            }
            for (Method method : type.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers())) {
                    open.addAll(classesIn(method.getGenericReturnType()));
                }
            }
        }
        return found;
    }

    private static List<Class<?>> classesIn(Type type) {
        List<Class<?>> classes = new ArrayList<>();
        if (type instanceof Class<?> plain) {
            classes.add(plain);
        } else if (type instanceof ParameterizedType generic) {
            classes.addAll(classesIn(generic.getRawType()));
            for (Type argument : generic.getActualTypeArguments()) {
                classes.addAll(classesIn(argument));
            }
        }
        return classes;
    }

    private void call(Method method) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(method.getParameterTypes()[i]);
        }
        try {
            method.invoke(handles.get(method.getDeclaringClass()), arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new AssertionError(name(method), e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(name(method), e);
        }
    }

    /** Something that would do if the app were not locked; of secrets a wrong one. */
    private Object argument(Class<?> type) {
        CallSnapshot call = ((Call) handles.get(Call.class)).snapshot();
        Map<Class<?>, Object> values = Map.ofEntries(
                entry(String.class, "bob"),
                entry(int.class, 1),
                entry(boolean.class, true),
                entry(Duration.class, Duration.ofSeconds(1)),
                entry(Secret.class, Secret.of("guess")),
                entry(Login.class, Login.of("alice@example.com", Secret.of("guess"))),
                entry(PhoneSystem.class, office.system),
                entry(PhoneSystem[].class, new PhoneSystem[] {office.system}),
                entry(SipAccount.class, PhoneScene.account("carol")),
                entry(LogoutOptions.class, LogoutOptions.EVERYTHING),
                entry(CallOptions.class, CallOptions.DEFAULT),
                entry(ConferenceOptions.class, ConferenceOptions.DEFAULT),
                entry(PlaybackOptions.class, PlaybackOptions.DEFAULT),
                entry(MessageOptions.class, MessageOptions.DEFAULT),
                entry(
                        TextMessage.class,
                        new TextMessage("t", call.remote(), call.caller(), "x", Instant.EPOCH, true, true)),
                entry(AppLock.Settings.class, new AppLock.Settings(AppLock.Mode.PIN, null, null)),
                entry(AppLock.Proof.class, new AppLock.Proof.None()),
                entry(ForwardingRules.class, ForwardingRules.NONE),
                entry(Favorite.class, new Favorite("1002", "Bo")),
                entry(
                        Participant.class,
                        new Participant("p", call.remote(), call.caller(), false, true, null, null, false, false)),
                entry(Call.class, handles.get(Call.class)));
        if (values.containsKey(type)) {
            return values.get(type);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        // A listener.
        assertThat(type.isInterface()).as("a value for " + type).isTrue();
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> null;
                });
    }
}
