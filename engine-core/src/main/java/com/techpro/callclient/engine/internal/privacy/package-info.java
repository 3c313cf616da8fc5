// SPDX-License-Identifier: Apache-2.0
/**
 * Keeps the promises about data: the destinations the engine may talk to, and what it shows and
 * forgets about its user.
 */
@NullMarked
package com.techpro.callclient.engine.internal.privacy;

import org.jspecify.annotations.NullMarked;
