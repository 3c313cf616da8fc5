// SPDX-License-Identifier: Apache-2.0
/** The user's favourites, in the vault (promises C4, U6, S2). */
@NullMarked
package com.techpro.callclient.engine.internal.favorites;

import org.jspecify.annotations.NullMarked;
