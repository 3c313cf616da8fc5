// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.techpro.callclient.engine.ScriptedPhoneSystem.CONTACT;
import static com.techpro.callclient.engine.ScriptedPhoneSystem.HOST;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.lines;
import static com.techpro.callclient.testkit.contracts.ScriptedPeer.sdp;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.stack.sip.OutgoingInvite;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a call keeps in memory while it lasts. */
class CallMemoryTest {
    /** Only its transaction does, for the 32 s of timer M (RFC 6026 §8.4). */
    @Test
    void a_call_that_was_answered_keeps_nothing_of_its_INVITE() throws IllegalAccessException {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(6026).registered()) {
            Call call = scene.alice.dial("bob");
            scene.until(() -> !scene.pbx.received("INVITE").isEmpty());
            assertThat(isKept(call)).as("before the answer").isTrue();

            scene.pbx.respond(scene.pbx.last("INVITE"), "200 OK", lines(CONTACT, sdp(HOST, 40_000, 1)));
            scene.until(() -> !scene.pbx.received("ACK").isEmpty());
            assertThat(isKept(call)).isFalse();
        }
    }

    /** Whether an INVITE can be reached by fields of this module's classes, and by collections. */
    private static boolean isKept(Call call) throws IllegalAccessException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> waiting = new ArrayDeque<>();
        waiting.add(call);
        while (!waiting.isEmpty()) {
            Object next = waiting.remove();
            if (!seen.add(next)) {
                continue;
            }
            if (next instanceof OutgoingInvite) {
                return true;
            }
            if (next instanceof Map<?, ?> map) {
                waiting.addAll(map.values());
            } else if (next instanceof Collection<?> collection) {
                collection.stream().filter(each -> each != null).forEach(waiting::add);
            } else if (next instanceof Object[] array) {
                Arrays.stream(array).filter(each -> each != null).forEach(waiting::add);
            } else {
                addFields(next, waiting);
            }
        }
        return false;
    }

    private static void addFields(Object of, Deque<Object> to) throws IllegalAccessException {
        String own = CallMemoryTest.class.getPackageName();
        for (Class<?> type = of.getClass();
                type != null && type.getName().startsWith(own);
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                boolean isReference = !field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers());
                if (isReference && field.trySetAccessible()) {
                    Object value = field.get(of);
                    if (value != null) {
                        to.add(value);
                    }
                }
            }
        }
    }
}
