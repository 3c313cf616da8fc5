// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.report.SoakReport;
import com.techpro.callclient.testkit.soak.run.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    @Test
    void the_warm_up_is_named_with_the_time_that_it_may_still_take() {
        assertThat(shown(Duration.ofSeconds(95)))
                .contains("registered 3/4", "warming up", "for 95 s at most")
                .doesNotContain("done", "no new calls");
        assertThat(shown(Duration.ZERO)).contains("warming up", "until the last of them end");
        assertThat(shown(null)).contains("7 done", "no new calls").doesNotContain("warming up");
    }

    private static String shown(@Nullable Duration warmUpLeft) {
        var out = new StringWriter();
        var sample = new SoakReport.Sample(12, 2, 7, 1, 25, 16, 20, -1);
        new ProgressLine(new PrintWriter(out), false).show(new Progress(sample, 3, 4, 5, 5, warmUpLeft, false));
        return out.toString();
    }
}
