"""The JAX peer of `compare_steps.py`; `peer.py` has the protocol, `cases.py` the sizes.

The one mode is `jit`: the whole step, Adam included, is one compiled function that is given its parameters' and
moments' memory to reuse. Needs jax and numpy.
"""

import os

from cases import BETA1, BETA2, CASES, EPSILON, LEARNING_RATE
from peer import Unavailable, serve

os.environ.setdefault("JAX_PLATFORMS", "cpu")

import numpy

try:
    import jax
    from jax import lax, nn
    from jax import numpy as jnp
except ImportError:
    jax = None

# PyTorch's default initial values.

random = numpy.random.default_rng(1)


def uniform(shape, fan_in):
    bound = fan_in**-0.5
    return random.uniform(-bound, bound, shape).astype(numpy.float32)


def new_dense(*sizes):
    return [{"weight": uniform((a, b), a), "bias": uniform((b,), a)} for a, b in zip(sizes, sizes[1:])]


def new_convolutions(kernel, channels):
    return [{"weight": uniform((kernel, kernel, a, b), a * kernel**2), "bias": uniform((b,), a * kernel**2)}
            for a, b in zip(channels, channels[1:])]


def new_transposed_convolutions(kernel, channels):
    # PyTorch takes the output channels for the fan-in of a transposed convolution.
    return [{"weight": uniform((kernel, kernel, a, b), b * kernel**2), "bias": uniform((b,), b * kernel**2)}
            for a, b in zip(channels, channels[1:])]


def new_embedding(case):
    return random.standard_normal((case.vocabulary, case.embedding), numpy.float32)


def new_gru(case):
    wide = 3 * case.hidden
    return {"input": uniform((case.embedding, wide), case.hidden), "input_bias": uniform((wide,), case.hidden),
            "state": uniform((case.hidden, wide), case.hidden), "state_bias": uniform((wide,), case.hidden)}


# Layers. A list of parameters is layers with a ReLU between any two.


def dense(layers, x):
    for number, layer in enumerate(layers):
        x = (nn.relu(x) if number else x) @ layer["weight"] + layer["bias"]
    return x


# Convolutions, all strided by 2, on NHWC; XLA showed no clear difference to NCHW on processors. Its convolution of a
# dilated input, the usual way to write a transposed one, is slow: a matrix product whose patches are added where they
# overlap took 0.85 of the time in the networks of `conv-ae`, about half in those of `conv-vae`. Plain convolutions
# gained nothing by it. Rough figures, from a busy machine.


def patches(x, kernel):
    """[batch, height / 2, width / 2, kernel * kernel * channels] of x [batch, height, width, channels]."""
    batch, height, width, channels = x.shape
    x = jnp.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)))
    return jnp.concatenate([
        lax.slice(x, (0, row, column, 0), (batch, row + height - 1, column + width - 1, channels), (1, 2, 2, 1))
        for row in range(kernel) for column in range(kernel)
    ], axis=-1)


def convolutions(layers, x):
    for number, layer in enumerate(layers):
        x = lax.conv_general_dilated(
            nn.relu(x) if number else x, layer["weight"], (2, 2), [(1, 1)] * 2,
            dimension_numbers=("NHWC", "HWIO", "NHWC")) + layer["bias"]
    return x


def transposed_convolutions(layers, x):
    for number, layer in enumerate(layers):
        x, weight = nn.relu(x) if number else x, layer["weight"]
        batch, height, width, inputs = x.shape
        shape = jax.ShapeDtypeStruct((batch, 2 * height, 2 * width, weight.shape[-1]), x.dtype)
        spread = jax.linear_transpose(lambda y: patches(y, len(weight)), shape)
        x = spread(x @ weight.transpose(2, 0, 1, 3).reshape(inputs, -1))[0] + layer["bias"]
    return x


def gru(layer, x, state):
    """States [time, batch, hidden] of a GRU as PyTorch defines it."""
    size = state.shape[-1]

    def advance(state, projected):
        recurrent = state @ layer["state"] + layer["state_bias"]
        gates = nn.sigmoid(projected[:, : 2 * size] + recurrent[:, : 2 * size])
        reset, update = gates[:, :size], gates[:, size:]
        candidate = jnp.tanh(projected[:, 2 * size :] + reset * recurrent[:, 2 * size :])
        state = candidate + update * (state - candidate)
        return state, state

    # Unrolled in full a step of `gru-ae` took about 0.9 of the time.
    return lax.scan(advance, state, x @ layer["input"] + layer["input_bias"], unroll=len(x))[1]


def shifted(words):
    return jnp.pad(words[:-1], ((1, 0), (0, 0)))


# Losses.


def binary(logits, target):
    return nn.relu(logits) - logits * target + nn.softplus(-jnp.abs(logits))


def nats(logits, x):
    return binary(logits, x).sum() / len(x)


def squared_error(y, x):
    return jnp.square(y - x).sum() / len(x)


def sampled(mean, log_variance, key):
    divergence = -0.5 * jnp.sum(1 + log_variance - mean**2 - jnp.exp(log_variance)) / len(mean)
    return mean + jax.random.normal(key, mean.shape) * jnp.exp(0.5 * log_variance), divergence


def cross_entropy(logits, words):
    chosen = jnp.take_along_axis(logits, words[..., None], axis=-1)[..., 0]
    return jnp.mean(nn.logsumexp(logits, axis=-1) - chosen)


# Models: initial parameters, and the loss of a batch.


def dense_vae(case):
    parameters = {
        "hidden": new_dense(784, *case.widths), "mean": new_dense(*case.widths, case.code),
        "log_variance": new_dense(*case.widths, case.code),
        "decoder": new_dense(case.code, *case.widths, 784),
    }

    def loss(p, x, key):
        hidden = nn.relu(dense(p["hidden"], x))
        z, divergence = sampled(dense(p["mean"], hidden), dense(p["log_variance"], hidden), key)
        return nats(dense(p["decoder"], z), x) + divergence

    return parameters, loss


def encode_dense(p, x):
    return dense(p["mean"], nn.relu(dense(p["hidden"], x)))


def deep_autoencoder(case):
    sizes = (784, *case.widths, case.code)
    parameters = {"encoder": new_dense(*sizes), "decoder": new_dense(*reversed(sizes))}
    return parameters, lambda p, x, key: squared_error(dense(p["decoder"], dense(p["encoder"], x)), x)


def conv_autoencoder(case):
    size = case.widths[-1] * 49
    parameters = {
        "features": new_convolutions(3, (1, *case.widths)), "code": new_dense(size, case.code),
        "spread": new_dense(case.code, size),
        "decoder": new_transposed_convolutions(3, (*reversed(case.widths), 1)),
    }

    def loss(p, x, key):
        hidden = nn.relu(dense(p["spread"], encode_conv(p, x)))
        hidden = hidden.reshape(len(x), 7, 7, -1)
        return nats(transposed_convolutions(p["decoder"], hidden), x)

    return parameters, loss


def encode_conv(p, x):
    return dense(p["code"], nn.relu(convolutions(p["features"], x)).reshape(len(x), -1))


def conv_vae(case):
    parameters = {
        "features": new_convolutions(4, (3, *case.widths)), "mean": new_dense(4096, case.code),
        "log_variance": new_dense(4096, case.code), "spread": new_dense(case.code, 4096),
        "decoder": new_transposed_convolutions(4, (*reversed(case.widths), 3)),
    }

    def loss(p, x, key):
        hidden = nn.relu(convolutions(p["features"], x)).reshape(len(x), -1)
        z, divergence = sampled(dense(p["mean"], hidden), dense(p["log_variance"], hidden), key)
        hidden = nn.relu(dense(p["spread"], z))
        hidden = hidden.reshape(len(x), 4, 4, -1)
        return squared_error(transposed_convolutions(p["decoder"], hidden), x) + divergence

    return parameters, loss


def gru_autoencoder(case):
    parameters = {
        "embedding": new_embedding(case), "encoder": new_gru(case), "decoder": new_gru(case),
        "output": new_dense(case.hidden, case.vocabulary),
    }

    def loss(p, words, key):  # [time, batch]
        start = jnp.zeros((words.shape[1], case.hidden))
        state = gru(p["encoder"], p["embedding"][words], start)[-1]
        hidden = gru(p["decoder"], p["embedding"][shifted(words)], state)
        return cross_entropy(dense(p["output"], hidden), words)

    return parameters, loss


def skip_thought(case):
    parameters = {
        "embedding": new_embedding(case), "encoder": new_gru(case), "previous": new_gru(case),
        "next": new_gru(case), "output": new_dense(case.hidden, case.vocabulary),
    }

    def loss(p, words, key):  # [3, time, batch]
        start = jnp.zeros((words.shape[2], case.hidden))
        state = gru(p["encoder"], p["embedding"][words[1]], start)[-1]
        total = 0
        for decoder, sentence in (("previous", words[0]), ("next", words[2])):
            hidden = gru(p[decoder], p["embedding"][shifted(sentence)], state)
            total += cross_entropy(dense(p["output"], hidden), sentence)
        return total

    return parameters, loss


MODELS = {
    "dense-vae": dense_vae, "deep-ae": deep_autoencoder, "conv-ae": conv_autoencoder,
    "conv-vae": conv_vae, "gru-ae": gru_autoencoder, "skip-thought": skip_thought,
}
ENCODERS = {"encode-dense": (dense_vae, encode_dense), "encode-conv": (conv_autoencoder, encode_conv)}


# Steps: functions from (parameters, optimiser state, batch) to the new ones and the loss.


def new_adam(parameters):
    return {"count": jnp.zeros((), jnp.int32), "first": jax.tree.map(jnp.zeros_like, parameters),
            "second": jax.tree.map(jnp.zeros_like, parameters)}


def adam(parameters, gradients, state):
    """PyTorch's Adam."""
    count = state["count"] + 1
    first = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, state["first"], gradients)
    second = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, state["second"], gradients)
    size = LEARNING_RATE / (1 - BETA1 ** count.astype(jnp.float32))
    scale = lax.rsqrt(1 - BETA2 ** count.astype(jnp.float32))
    moved = jax.tree.map(lambda p, m, v: p - size * m / (jnp.sqrt(v) * scale + EPSILON), parameters, first, second)
    return moved, {"count": count, "first": first, "second": second}


def training(case, name):
    parameters, loss_of = MODELS[name](case)
    parameters = jax.tree.map(jnp.asarray, parameters)
    key = jax.random.key(1)

    def step(parameters, state, x):
        loss, gradients = jax.value_and_grad(loss_of)(parameters, x, jax.random.fold_in(key, state["count"]))
        parameters, state = adam(parameters, gradients, state)
        return parameters, state, loss

    return parameters, new_adam(parameters), step


def adversarial_training(case):
    """Reconstruct, discriminate, fool, each with its own Adam; the last two share the codes."""
    sizes = (784, *case.widths, case.code)
    parameters = {"encoder": new_dense(*sizes), "decoder": new_dense(*reversed(sizes)),
                  "discriminator": new_dense(case.code, *case.widths, 1)}
    parameters = jax.tree.map(jnp.asarray, parameters)
    autoencoder = {part: parameters[part] for part in ("encoder", "decoder")}
    state = {"reconstruct": new_adam(autoencoder), "discriminate": new_adam(parameters["discriminator"]),
             "fool": new_adam(parameters["encoder"])}
    key = jax.random.key(1)

    def reconstruct(p, x):
        return nats(dense(p["decoder"], dense(p["encoder"], x)), x)

    def discriminate(p, codes, real):
        return binary(dense(p, real), 1.0).mean() + binary(dense(p, codes), 0.0).mean()

    def step(parameters, state, x):
        autoencoder = {part: parameters[part] for part in ("encoder", "decoder")}
        loss, gradients = jax.value_and_grad(reconstruct)(autoencoder, x)
        autoencoder, reconstruct_state = adam(autoencoder, gradients, state["reconstruct"])

        codes, pull_back = jax.vjp(lambda p: dense(p, x), autoencoder["encoder"])
        real = jax.random.normal(jax.random.fold_in(key, state["fool"]["count"]), codes.shape)
        gradients = jax.grad(discriminate)(parameters["discriminator"], codes, real)
        discriminator, discriminate_state = adam(parameters["discriminator"], gradients, state["discriminate"])

        pulled = jax.grad(lambda codes: binary(dense(discriminator, codes), 1.0).mean())(codes)
        encoder, fool_state = adam(autoencoder["encoder"], *pull_back(pulled), state["fool"])
        moved = {"encoder": encoder, "decoder": autoencoder["decoder"], "discriminator": discriminator}
        return moved, {"reconstruct": reconstruct_state, "discriminate": discriminate_state, "fool": fool_state}, loss

    return parameters, state, step


def prepare(name, mode, threads, batches):
    if jax is None:
        raise Unavailable("jax is not installed: pip install jax")
    if mode != "jit":
        raise Unavailable(f"JAX has the mode jit, not {mode}")
    # XLA has no setting for the number of its threads; it takes as many as the processors it may use.
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])
    # No slower than threefry or unsafe_rbg here; the noise is a small part of a step.
    jax.config.update("jax_default_prng_impl", "rbg")
    case = CASES[name]
    if case.source == "words":
        batches = numpy.moveaxis(batches.astype(numpy.int32), 1, -1)  # time before batch
    elif len(case.shape) == 3:
        batches = numpy.moveaxis(batches, 2, -1)  # NHWC
    data = [jnp.asarray(numpy.ascontiguousarray(x)) for x in batches]
    taken = 0

    if name in ENCODERS:
        model, encode = ENCODERS[name]
        parameters = jax.tree.map(jnp.asarray, model(case)[0])
        encode = jax.jit(encode)

        def run(count):
            nonlocal taken
            codes = []
            for _ in range(count):
                codes.append(encode(parameters, data[taken % len(data)]))
                taken += 1
            jax.block_until_ready(codes)
            return float(numpy.square(codes[-1]).mean())
    else:
        parameters, state, step = adversarial_training(case) if name == "aae" else training(case, name)
        step = jax.jit(step, donate_argnums=(0, 1))

        def run(count):
            nonlocal taken, parameters, state
            for _ in range(count):
                parameters, state, loss = step(parameters, state, data[taken % len(data)])
                taken += 1
            jax.block_until_ready((parameters, state))
            return float(loss)

    return f"JAX {jax.__version__}", run


if __name__ == "__main__":
    serve(prepare)
