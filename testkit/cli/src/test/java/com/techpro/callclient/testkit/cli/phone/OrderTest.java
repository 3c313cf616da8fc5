// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {
    @Test
    void ordersAreReadAsTheHelpSays() {
        assertThat(Order.parse("dial 600")).isEqualTo(new Order.Dial("600"));
        assertThat(Order.parse("  DIAL   sip:anna@example.org ")).isEqualTo(new Order.Dial("sip:anna@example.org"));
        assertThat(Order.parse("text 1002  On my  way ")).isEqualTo(new Order.Text("1002", "On my  way"));
        assertThat(Order.parse("answer")).isEqualTo(new Order.Answer(0));
        assertThat(Order.parse("answer 2")).isEqualTo(new Order.Answer(2));
        assertThat(Order.parse("reject")).isEqualTo(new Order.Reject(0, RejectReason.DECLINED));
        assertThat(Order.parse("reject busy")).isEqualTo(new Order.Reject(0, RejectReason.BUSY));
        assertThat(Order.parse("silence")).isEqualTo(new Order.Silence(0));
        assertThat(Order.parse("Silence 2")).isEqualTo(new Order.Silence(2));
        assertThat(Order.parse("hangup 3")).isEqualTo(new Order.HangUp(3));
        assertThat(Order.parse("hold")).isEqualTo(new Order.Hold(0));
        assertThat(Order.parse("resume")).isEqualTo(new Order.Resume(0));
        assertThat(Order.parse("dtmf 12#")).isEqualTo(new Order.Dtmf("12#"));
        assertThat(Order.parse("dtmf 1 2 a")).isEqualTo(new Order.Dtmf("12A"));
        assertThat(Order.parse("mute")).isEqualTo(new Order.Mute(true));
        assertThat(Order.parse("unmute")).isEqualTo(new Order.Mute(false));
        assertThat(Order.parse("use 2")).isEqualTo(new Order.Use("2"));
        assertThat(Order.parse("devices")).isEqualTo(new Order.Devices());
        assertThat(Order.parse("quality")).isEqualTo(new Order.Quality());
        assertThat(Order.parse("calls")).isEqualTo(new Order.Calls());
        assertThat(Order.parse("wait 5")).isEqualTo(new Order.Wait(Duration.ofSeconds(5)));
        assertThat(Order.parse("help")).isEqualTo(new Order.Help());
        assertThat(Order.parse("quit")).isEqualTo(new Order.Quit());
        assertThat(Order.parse("   ")).isEqualTo(new Order.Nothing());
    }

    @Test
    void theHelpNamesWhatSilencesARing() {
        assertThat(Order.HELP.lines()).anyMatch(line -> line.startsWith("silence ") && line.contains("silence N"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dial",
                "dial 6 0 0",
                "text",
                "text 1002",
                "answer me",
                "answer -1",
                "answer 99999999999999",
                "hangup 0",
                "silence now",
                "dtmf",
                "dtmf 12x",
                "mute now",
                "use",
                "wait",
                "wait long",
                "wait 99999",
                "quit 3",
                "dance",
                "\u001B[31m"
            })
    void whatMakesNoSenseIsAnsweredWithWhatToTypeInstead(String line) {
        assertThat(Order.parse(line))
                .isInstanceOfSatisfying(
                        Order.Misunderstood.class,
                        answer -> assertThat(answer.advice()).isNotBlank().doesNotContain("\u001B"));
    }

    @Test
    void noInputWhateverBreaksIt() {
        Random random = Seeds.random(3);
        String[] verbs = {"dial", "dtmf", "wait", "answer", "reject", "use", ""};
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder(verbs[random.nextInt(verbs.length)]).append(' ');
            int length = random.nextInt(20);
            for (int j = 0; j < length; j++) {
                line.append((char) random.nextInt(0x3000));
            }
            assertThat(Order.parse(line.toString())).isNotNull();
        }
    }
}
