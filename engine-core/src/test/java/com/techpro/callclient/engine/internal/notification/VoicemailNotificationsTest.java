// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.internal.notification.VoicemailNotifications.Verdict;
import com.techpro.callclient.engine.voicemail.VoicemailItem;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot.Availability;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise U7: a new message is told once, whoever tells of it. */
class VoicemailNotificationsTest {
    private final VoicemailNotifications news = new VoicemailNotifications();

    /**
     * What happens, and what comes of it: {@code L3} the lamp shines for three, {@code L?} for some, {@code [c b A]} the list is read, newest first, a capital
     * letter is a message somebody has heard, {@code [c b +]} has an older page. {@code !3} tells of three, {@code 0} takes back, {@code -} nothing.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                what an account without mailbox knows      | L1 !1, L2 !2, L1 -, L3 !3, L0 0
                a lamp that does not count                 | L? !1, L0 0, L? !1
                a lamp that was dark                       | L0 0, L1 !1
                messages of before the login               | [b a] -, [b a] -, [b A] -, [B A] 0
                without a lamp                             | [] -, [a] !1, [b a] !2, [b a] -
                without a lamp, heard and taken back       | [] -, [a] !1, [A] 0
                another client hears one of two            | [] -, [b a] !2, [b A] -, [B A] 0
                another client deletes one of two          | [b a] -, [b] -, [] 0
                marked as not heard again                  | [A] -, [a] -, [A] 0
                a message that comes heard                 | [] -, [A] 0, [a] -
                one goes and one comes                     | [a] -, [b] !1
                deleted elsewhere and brought back         | [b a] -, [b] -, [b a] -
                older ones were asked for                  | [d c +] -, [d c b a] -, [e d c b a] !5
                older ones move up as others go            | [d c +] -, [d b +] -, [d b a] -
                new ones while there are older ones        | [d c +] -, [e d +] !2
                the lamp first                             | [] -, L1 !1, [a] -, L2 !2, [b a] -
                the list first                             | [] -, [a] !1, L1 -, [b a] !2, L2 -
                each of them first once                    | L0 0, [] -, L1 !1, [a] -, [b a] !2, L2 -, L3 !3, [c b a] -
                the lamp tells of two, the list of both    | [] -, L2 !2, [a] -, [b a] -
                the list tells of two, the lamp of both    | L0 0, [] -, [b a] !2, L1 -, L2 -
                the lamp before the list was read at all   | L1 !1, [a] -, [b a] !2, L2 -
                the lamp's first word is of before         | [a] -, L1 !1, [b a] !2, L2 -
                the lamp's first word is behind the list   | [a] -, [b a] !2, L2 -, L1 -, [b A] -
                copies that the lamp knows nothing of      | L5 !5, [] -, L6 !6, [a] -, L7 !7, [b a] -
                copies, the list first                     | [] -, L5 !5, L6 !6, [a] -
                heard by phone before the list was read    | [] -, L1 !1, [A] -, L0 0, [b A] !1, L1 -
                a lamp behind does not take back the new   | L1 !1, [a] -, [A] 0, [b A] !1, L0 -, L1 -
                a list behind does not take back the new   | [] -, L1 !1, [] -, [a] -, [A] 0, L0 0
                the mailbox is out of reach for long       | [] -, L1 !1, L2 !2, L3 !3, [c b a] -
                heard while the lamp still shines          | L1 !1, [a] -, [A] 0, L0 0, L1 !1, [b A] -
                """)
    void is_told_once(String situation, String events) {
        List<String> expected = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (String event : events.split(", ", -1)) {
            int end = event.lastIndexOf(' ');
            String cause = event.substring(0, end);
            expected.add(event);
            told.add(cause + " " + (cause.startsWith("L") ? lamp(cause.substring(1)) : list(cause)));
        }
        assertThat(told).as(situation).isEqualTo(expected);
    }

    private String lamp(String count) {
        boolean counts = !count.equals("?");
        int number = counts ? Integer.parseInt(count) : 1;
        return word(news.lamp(new MessagesWaiting(
                number > 0, counts ? new MessagesWaiting.Counts(number, 0, 0, 0) : null, "sip:*97@example.com")));
    }

    private String list(String brackets) {
        String inside = brackets.substring(1, brackets.length() - 1);
        List<VoicemailItem> items = new ArrayList<>();
        Arrays.stream(inside.split(" ", -1))
                .filter(name -> !name.isEmpty() && !name.equals("+"))
                .map(VoicemailNotificationsTest::message)
                .forEach(items::add);
        int unheard =
                (int) items.stream().filter(item -> !item.message().heard()).count();
        int total = items.size() + (inside.endsWith("+") ? 10 : 0);
        return word(news.list(
                new VoicemailSnapshot(Availability.AVAILABLE, items, List.of(), total, unheard, Set.of(), null)));
    }

    private static VoicemailItem message(String name) {
        String id = name.toLowerCase(java.util.Locale.ROOT);
        boolean heard = !id.equals(name);
        return new VoicemailItem(
                new VoicemailMessage(
                        id, "1002", null, Instant.ofEpochSecond(id.charAt(0)), null, heard, false, -1, null),
                new Caller(Caller.Source.NUMBER, null, "1002", null));
    }

    private static String word(Verdict verdict) {
        if (verdict instanceof Verdict.Tell tell) {
            return "!" + tell.count();
        }
        return verdict instanceof Verdict.TakeBack ? "0" : "-";
    }
}
