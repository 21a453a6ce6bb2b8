#!/usr/bin/env python3
"""The table that sentence vectors are judged by: linear classifiers on frozen codes, beside three controls.

Runs `latentzoo evaluate` on each task and prints Markdown: the model, the mean of its own word vectors, the
same encoder with random weights, and TF-IDF of words and pairs of words, all under the same classifier.
Tasks without a test part are cross-validated.

    latentzoo train skip-thought --data text:books.txt --name skip-thought-books ...
    latentzoo train skip-thought --data text:books.txt --name books-random --untrained ...
    Scripts/sentence_table.py skip-thought-books --random books-random --data ../shared/data
"""

import argparse
import json
import subprocess
import sys

ROWS = ["model", "word vectors", "random weights", "tf-idf"]


def evaluate(arguments, model, task, controls):
    """The report of the linear classifier on one task."""
    command = [arguments.latentzoo, "evaluate", model, "--data", f"tsv:{arguments.data}/{task}"]
    command += ["--folds", str(arguments.folds), "--seed", str(arguments.seed), "--json"]
    command += ["--controls"] if controls else []
    command += ["--zoo", arguments.zoo] if arguments.zoo else []
    run = subprocess.run(command, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"{' '.join(command)}\n{run.stderr.strip()}")
    return json.loads(run.stdout)["latent"]["probe"]


def measure(arguments, task):
    """Accuracies on one task by row of the table, and how they were estimated."""
    trained = evaluate(arguments, arguments.model, task, controls=True)
    accuracies = {"model": trained["accuracy"], **trained["controls"]}
    if arguments.random:
        accuracies["random weights"] = evaluate(arguments, arguments.random, task, False)["accuracy"]
    folds = trained["folds"]
    return accuracies, "test part" if folds == 1 else f"{folds} folds"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", help="name or path of the model")
    parser.add_argument("--random", help="name or path of the same model with its initial weights")
    parser.add_argument("--data", required=True, help="folder with a folder for each task")
    parser.add_argument("--tasks", nargs="+", default=["trec", "mr", "subj", "mpqa"])
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--zoo", help="folder of models")
    parser.add_argument("--latentzoo", default="latentzoo", help="the command")
    arguments = parser.parse_args()

    columns = {}
    for task in arguments.tasks:
        columns[task] = measure(arguments, task)
        print(task, columns[task], file=sys.stderr, flush=True)
    heads = [f"{task} ({estimate})" for task, (_, estimate) in columns.items()]
    print("| features | " + " | ".join(heads) + " | mean |")
    print("| --- |" + " ---: |" * (len(heads) + 1))
    for row in ROWS:
        values = [accuracies.get(row) for accuracies, _ in columns.values()]
        if None in values:
            continue
        mean = sum(values) / len(values)
        cells = " | ".join(f"{100 * value:.1f}" for value in values + [mean])
        print(f"| {arguments.model if row == 'model' else row} | {cells} |")


if __name__ == "__main__":
    main()
