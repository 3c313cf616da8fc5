// SPDX-License-Identifier: Apache-2.0
/**
 * Measures and draws the level from which each degradation is caught, and counts false alarms on
 * clean directions.
 */
@NullMarked
package com.techpro.callclient.testkit.judge.curves;

import org.jspecify.annotations.NullMarked;
