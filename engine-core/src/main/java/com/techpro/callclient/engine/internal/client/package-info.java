// SPDX-License-Identifier: Apache-2.0
/** The composition root: builds the engine of its parts, and gives the exported interfaces what is behind them. */
@NullMarked
package com.techpro.callclient.engine.internal.client;

import org.jspecify.annotations.NullMarked;
