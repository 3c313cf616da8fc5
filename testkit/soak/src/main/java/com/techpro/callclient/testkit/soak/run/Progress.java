// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.testkit.soak.report.SoakReport.Sample;

/**
 * The progress of a soak.
 *
 * @param dialling whether new calls are still being started
 */
public record Progress(Sample sample, int registered, int users, long directions, long verified, boolean dialling) {}
