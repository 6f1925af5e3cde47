import asyncio

async def work(number):
    await asyncio.sleep(0)
    if number == 3:
        raise ValueError(number)
    print("work", number)
    return number

async def main():
    loop = asyncio.get_running_loop()
    tasks = [loop.create_task(work(number)) for number in range(5)]
    print([type(task).__name__ for task in tasks])
    print(await asyncio.gather(*tasks, return_exceptions=True))
    cancelled = asyncio.ensure_future(asyncio.sleep(60))
    cancelled.cancel()
    try:
        await cancelled
    except asyncio.CancelledError:
        print("cancelled", len(asyncio.all_tasks()))
    asyncio.ensure_future(asyncio.sleep(60))

asyncio.run(main())
print("done")
