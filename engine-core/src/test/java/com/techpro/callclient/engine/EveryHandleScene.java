// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallForwarding;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.IncomingTransfers;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.ConferenceSnapshot;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.conference.Participant;
import com.techpro.callclient.engine.lock.AppLock;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A client with every handle that a host can obtain: logged in, in a call and in a room, with a message that plays. Each method of a handle can
 * be called with arguments that would do.
 */
final class EveryHandleScene implements AutoCloseable {
    private static final String ENGINE = "com.techpro.callclient.engine";

    final VoicemailScene office;
    final Phone bob;
    final Map<Class<?>, Object> handles;

    EveryHandleScene(UnaryOperator<CallClientConfig.Builder> settings) {
        office = new VoicemailScene(
                config -> settings.apply(config.platform(p -> p.store(new FakeSecureStore()))), Policy.OPEN);
        PhoneScene scene = office.scene;
        scene.pass(Duration.ofSeconds(1));
        String message = office.leave(1, "1002", 120);
        office.loggedIn();
        Phone alice = office.alice.registered().speaking(440);
        bob = scene.phone("bob", "192.0.2.2", config -> config.incomingTransfers(IncomingTransfers.REFUSE))
                .registered()
                .speaking(880);
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
                entry(Updates.class, client.updates()),
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

    /** The methods whose names are wanted, such as {@code Call.hold}. */
    List<Method> methods(Predicate<String> wanted) {
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

    static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /** Interfaces of the engine that are reached through what methods return, inside stages, lists and results as well. */
    static Set<Class<?>> handlesFrom(Class<?> start) {
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

    /** @throws RuntimeException what the method throws */
    Object call(Method method) {
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = method.getName().equals("sendDtmf") ? "1" : argument(method.getParameterTypes()[i]);
        }
        try {
            return method.invoke(handles.get(method.getDeclaringClass()), arguments);
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
                entry(Call.class, ((Conference) handles.get(Conference.class)).call()));
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

    @Override
    public void close() {
        office.close();
    }
}
