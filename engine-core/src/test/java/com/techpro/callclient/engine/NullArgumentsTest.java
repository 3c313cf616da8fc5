// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.PhoneScene.Phone;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallForwarding;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.engine.message.TextMessages;
import com.techpro.callclient.engine.people.Directory;
import com.techpro.callclient.engine.people.Favorites;
import com.techpro.callclient.engine.people.History;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.CallCompletion;
import com.techpro.callclient.engine.presence.DoNotDisturb;
import com.techpro.callclient.engine.voicemail.Voicemail;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.IceSettings;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A null where none may be is told at once, by the argument's name: in every method by which a host enters the engine, and in whatever makes what a
 * host hands in there. Reflection finds both, so that what is new is looked at too.
 */
class NullArgumentsTest {
    private static final String OURS = "com.techpro.callclient.";

    private final PhoneScene scene = new PhoneScene(412);
    private final Phone alice = scene.phone("1001", "192.0.2.1").registered();
    private final Phone bob = scene.phone("1002", "192.0.2.2").registered();
    private final Map<Class<?>, Object> samples = new HashMap<>();
    /** Which types a host makes, as parameters name them. */
    private final Set<Class<?>> handedIn = new LinkedHashSet<>();

    private final Deque<Class<?>> todo = new ArrayDeque<>();

    private final List<String> wrong = new ArrayList<>();
    private int tried;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void the_argument_that_must_not_be_null_is_named() {
        Call call = scene.talk(alice, bob);
        Map<Class<?>, Object> handles = new HashMap<>();
        handles.put(CallClient.class, alice.client);
        handles.put(Account.class, alice.account);
        handles.put(Call.class, call);
        handles.put(AppLock.class, alice.client.lock());
        handles.put(Directory.class, alice.client.people().directory());
        handles.put(History.class, alice.client.people().history());
        handles.put(Favorites.class, alice.client.people().favorites());
        handles.put(TextMessages.class, alice.client.textMessages());
        handles.put(Voicemail.class, alice.client.voicemail());
        handles.put(DoNotDisturb.class, alice.client.incomingCalls().doNotDisturb());
        handles.put(CallForwarding.class, alice.client.incomingCalls().forwarding());
        handles.put(Conferences.class, alice.client.conferences());
        handles.put(Conference.class, alice.account.join("8000"));
        handles.put(BusyLamp.class, alice.account.watch("1002"));
        handles.put(CallCompletion.class, alice.account.callWhenFree("1003"));
        handles.put(
                CallClientConfig.Builder.class,
                CallClientConfig.builder()
                        .platform(platform -> handles.put(Platform.class, platform))
                        .lab(lab -> handles.put(Lab.class, lab)));
        samples.putAll(handles);
        samples.put(CallClientConfig.class, CallClientConfig.builder().build());
        samples.put(SipAccount.class, PhoneScene.account("1003"));
        samples.put(SipAccount.Builder.class, PhoneScene.account("1003").toBuilder());
        samples.put(Secret.class, Secret.of("x"));
        samples.put(Policy.class, Policy.OPEN);
        samples.put(HostPort.class, new HostPort("pbx.example", 0));
        samples.put(TlsTrust.class, TlsTrust.PLATFORM);
        samples.put(IceSettings.class, IceSettings.DEFAULT);
        samples.put(SecurityFloor.class, SecurityFloor.DEFAULT);
        samples.put(SecretAccess.class, SecretAccess.forAuthenticators());
        samples.put(AppLock.Proof.class, new AppLock.Proof.None());

        handles.forEach((type, handle) -> methods(type, handle));
        methods(CallClient.class, null);
        methods(SipRegistrar.class, null);
        while (!todo.isEmpty()) {
            value(todo.remove());
        }

        assertThat(String.join("\n", wrong)).as("of %d", tried).isEmpty();
        assertThat(handedIn).contains(SipAccount.class, Policy.class, AppLock.Settings.class);
        assertThat(tried).isGreaterThan(150);
    }

    /** What makes and changes a value that a host hands in. */
    private void value(Class<?> type) {
        for (Constructor<?> constructor : type.getConstructors()) {
            tryNulls(constructor, null);
        }
        methods(type, null);
        if (!type.equals(
                TlsTrust.ClientCertificate.class)) { // It takes keys to have one, and no method of it takes anything.
            methods(type, sample(type, type));
        }
    }

    private void methods(Class<?> type, @Nullable Object on) {
        for (Method method : type.getMethods()) {
            boolean isStatic = Modifier.isStatic(method.getModifiers());
            boolean ours = method.getDeclaringClass().getName().startsWith(OURS);
            boolean generated =
                    method.getName().equals("equals") || method.getName().equals("valueOf");
            if (isStatic == (on == null) && ours && !generated && !method.isBridge()) {
                tryNulls(method, on);
            }
        }
    }

    private void tryNulls(Executable entry, @Nullable Object on) {
        Parameter[] parameters = entry.getParameters();
        for (Parameter parameter : parameters) {
            handIn(parameter.getType());
        }
        for (int i = 0; i < parameters.length; i++) {
            if (!parameters[i].getType().isPrimitive() && !mayBeNull(entry, i)) {
                tried++;
                tryNull(entry, on, i);
            }
        }
    }

    private void handIn(Class<?> type) {
        boolean value = type.getName().startsWith(OURS) && !type.isInterface() && !type.isEnum();
        if (value && !type.getName().contains(".internal.") && handedIn.add(type)) {
            todo.add(type);
        }
    }

    private static boolean mayBeNull(Executable entry, int index) {
        return entry.getAnnotatedParameterTypes()[index].isAnnotationPresent(Nullable.class);
    }

    private void tryNull(Executable entry, @Nullable Object on, int index) {
        Parameter[] parameters = entry.getParameters();
        Object[] arguments = new Object[parameters.length];
        for (int i = 0; i < arguments.length; i++) {
            boolean nothing = i == index
                    || (mayBeNull(entry, i) && !parameters[i].getType().isPrimitive());
            arguments[i] = nothing ? null : sample(parameters[i].getType(), entry);
        }
        String name = parameters[index].getName();
        String where = entry.getDeclaringClass().getSimpleName() + "." + entry.getName() + "(" + name + ")";
        try {
            entry.setAccessible(true);
            if (entry instanceof Constructor<?> constructor) {
                constructor.newInstance(arguments);
            } else {
                ((Method) entry).invoke(on, arguments);
            }
            wrong.add(where + " takes null");
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            if (!(thrown instanceof NullPointerException)
                    || !(name.equals(thrown.getMessage()) || isComponent(entry, thrown.getMessage()))) {
                wrong.add(where + " throws " + thrown);
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(where, e);
        }
    }

    /** What changes a record calls its argument as it likes: the component's name says as much. */
    private static boolean isComponent(Executable entry, @Nullable String name) {
        Class<?> type = entry.getDeclaringClass();
        return type.isRecord()
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(part -> part.getName().equals(name));
    }

    /** Something of the type that could be meant. */
    private @Nullable Object sample(Class<?> type, Object whose) {
        if (samples.containsKey(type)) {
            return samples.get(type);
        }
        Object made = make(type, whose);
        samples.put(type, made);
        return made;
    }

    private Object make(Class<?> type, Object whose) {
        if (type.isPrimitive()) {
            Object array = Array.newInstance(type, 1);
            return Array.get(array, 0);
        }
        if (type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        Object known = switch (type.getName()) {
            case "java.lang.String", "java.lang.CharSequence" -> "1001";
            case "java.time.Duration" -> Duration.ofSeconds(1);
            case "java.time.Instant" -> Instant.EPOCH;
            case "java.util.List", "java.util.Collection" -> List.of();
            case "java.util.Set" -> Set.of();
            case "java.util.Map" -> Map.of();
            case "java.util.Random" -> Seeds.random(412);
            case "java.util.Locale" -> Locale.ROOT;
            case "java.nio.file.Path" -> Path.of(".");
            default -> null;
        };
        if (known != null) {
            return known;
        }
        if (type.isInterface()) {
            return Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
        }
        if (type.isRecord()) {
            Constructor<?> constructor = type.getConstructors()[0];
            Object[] arguments = new Object[constructor.getParameterCount()];
            for (int i = 0; i < arguments.length; i++) {
                Class<?> part = constructor.getParameterTypes()[i];
                arguments[i] = mayBeNull(constructor, i) && !part.isPrimitive() ? null : sample(part, type);
            }
            try {
                return constructor.newInstance(arguments);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError("give this test a sample of " + type + " for " + whose, e);
            }
        }
        throw new AssertionError("give this test a sample of " + type + " for " + whose);
    }
}
