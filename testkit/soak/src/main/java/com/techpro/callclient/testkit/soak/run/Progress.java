// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.soak.report.SoakReport.Sample;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a soak.
 *
 * @param warmUpLeft how long unjudged calls may still take before those that count, zero when the
 *     last of them end; null when no warm-up is running
 * @param dialling whether new calls are still being started
 */
public record Progress(
        Sample sample,
        int registered,
        int users,
        long directions,
        long verified,
        @Nullable Duration warmUpLeft,
        boolean dialling) {}
