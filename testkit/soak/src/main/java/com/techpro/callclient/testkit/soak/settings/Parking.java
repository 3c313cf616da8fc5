// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a phone system parks calls.
 *
 * @param number who is transferred there is parked
 * @param slotOf the number that fetches a parked extension; null while it is not parked. Called on
 *     the soak's loop, and does not wait
 */
public record Parking(String number, Function<String, @Nullable String> slotOf) {}
