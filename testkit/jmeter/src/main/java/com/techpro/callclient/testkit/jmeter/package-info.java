// SPDX-License-Identifier: Apache-2.0
/** Samplers for Apache JMeter, which paces the load, distributes it over machines, and reports. */
@NullMarked
package com.techpro.callclient.testkit.jmeter;

import org.jspecify.annotations.NullMarked;
