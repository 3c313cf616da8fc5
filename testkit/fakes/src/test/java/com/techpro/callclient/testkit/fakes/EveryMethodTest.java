// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.IncomingCalls;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallForwarding;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.ForwardingRules;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
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
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each method that an app can call does something, and its stage completes at the latest as the client closes. */
class EveryMethodTest {
    private final FakeCallClient client = new FakeCallClient();
    private final Map<Class<?>, Object> parts = new LinkedHashMap<>();

    EveryMethodTest() {
        FakeAccount account = client.loggedIn("Anna");
        FakeCall call = account.dial("1002");
        call.remoteAnswers();
        call.remoteAsksForTransfer("1007");
        String message = client.voicemail().messageArrives("1003", Duration.ofSeconds(3));
        parts.put(CallClient.class, client);
        parts.put(Account.class, account);
        parts.put(Call.class, call);
        parts.put(AppLock.class, client.lock());
        parts.put(People.class, client.people());
        parts.put(Directory.class, client.people().directory());
        parts.put(Favorites.class, client.people().favorites());
        parts.put(History.class, client.people().history());
        parts.put(TextMessages.class, client.textMessages());
        parts.put(Voicemail.class, client.voicemail());
        parts.put(Playback.class, client.voicemail().play(message));
        parts.put(IncomingCalls.class, client.incomingCalls());
        parts.put(DoNotDisturb.class, client.incomingCalls().doNotDisturb());
        parts.put(CallForwarding.class, client.incomingCalls().forwarding());
        parts.put(Conferences.class, client.conferences());
        parts.put(Conference.class, account.join("8000"));
        parts.put(BusyLamp.class, account.watch("1004"));
        parts.put(CallCompletion.class, account.callWhenFree("1004"));
        parts.put(Privacy.class, client.privacy());
    }

    static Stream<String> everyMethod() {
        return new EveryMethodTest()
                .parts.keySet().stream()
                        .flatMap(type -> Stream.of(type.getMethods()))
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .map(Method::toGenericString)
                        .distinct()
                        .sorted();
    }

    private Method method(Class<?> type, String name) {
        return Stream.of(type.getMethods())
                .filter(method -> method.toGenericString().equals(name))
                .findFirst()
                .orElse(null);
    }

    @ParameterizedTest
    @MethodSource("everyMethod")
    void it_is_there(String name) throws Exception {
        int called = 0;
        for (Map.Entry<Class<?>, Object> part : parts.entrySet()) {
            Method method = method(part.getKey(), name);
            if (method != null) {
                call(method, part.getValue());
                called++;
            }
        }
        assertThat(called).isPositive();
        assertThat(client.callbackFailures()).isEmpty();
    }

    private void call(Method method, Object on) throws Exception {
        Object[] arguments = Stream.of(method.getParameterTypes())
                .map(type -> sample(type, method))
                .toArray();
        if (method.getName().equals("login") || method.getName().equals("restore")) {
            client.logout(LogoutOptions.EVERYTHING);
        }
        try {
            Object result = method.invoke(on, arguments);
            if (result instanceof CompletionStage<?> stage) {
                client.close();
                assertThat(stage.toCompletableFuture()).as("%s", method).isCompleted();
            }
        } catch (InvocationTargetException e) {
            throw new AssertionError(method + " threw", e.getCause());
        }
    }

    private Object sample(Class<?> type, Method method) {
        if (type == String.class) {
            return method.getName().equals("sendDtmf") ? "12#" : "1003";
        }
        if (type == Call.class) {
            FakeCall other = client.lastCall();
            return other == parts.get(Call.class) ? client.everyCall().get(0) : other;
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type == AppLock.Settings.class) {
            return method.getName().equals("setPin")
                    ? new AppLock.Settings(AppLock.Mode.PIN, null, null)
                    : AppLock.Settings.OFF;
        }
        if (type == PhoneSystem[].class) {
            return new PhoneSystem[0];
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == int.class) {
            return 1;
        }
        if (type == PhoneSystem.class || type.getSimpleName().endsWith("Listener")) {
            return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, called, given) -> null);
        }
        PartyIdentity party = new PartyIdentity(null, "1003", "pbx.example");
        return Stream.of(
                        SipAccount.builder("1009", "pbx.example", Secret.of("x"))
                                .build(),
                        Login.of("1009@pbx.example", Secret.of("x")),
                        LogoutOptions.EVERYTHING,
                        Duration.ofSeconds(1),
                        Secret.of("x"),
                        CallOptions.DEFAULT,
                        ConferenceOptions.DEFAULT,
                        MessageOptions.DEFAULT,
                        new TextMessage("t", party, Caller.of(party), "hello", Instant.EPOCH, true, true),
                        new AppLock.Proof.Password(Secret.of("x")),
                        new Favorite("1003", "Ben"),
                        ForwardingRules.NONE,
                        PlaybackOptions.DEFAULT,
                        new Participant("p", party, Caller.of(party), false, true, null, null, false, false))
                .filter(type::isInstance)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample of " + type));
    }
}
